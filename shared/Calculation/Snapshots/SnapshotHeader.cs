using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoScreener.Calculation.Snapshots;

/// <summary>
/// Says which layout follows and how much of it. The version is raised whenever the meaning of a byte changes: another
/// column, another field in an indicator's state, another way to arrive at one. Numbers are as the machine holds them;
/// machines with the other order of bytes see a foreign snapshot.
/// </summary>
internal readonly record struct SnapshotHeader(ulong Magic, ulong CatalogueHash, long Bytes)
{
    private const ulong Version = 3;
    private const ulong Name = 0x53_43_52_4E_53_54_00_00; // SCRNST

    internal static int Size => Unsafe.SizeOf<SnapshotHeader>();

    internal static SnapshotHeader Of(CalculationPlan plan, long bytes) => new(Name + Version, plan.Catalogue.Hash, bytes);

    internal static bool Matches(ReadOnlySpan<byte> snapshot, CalculationPlan plan) =>
        snapshot.Length >= Size && MemoryMarshal.Read<SnapshotHeader>(snapshot) == Of(plan, snapshot.Length - Size);
}
