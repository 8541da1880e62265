using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CryptoScreener.Calculation.Snapshots;

/// <summary>
/// Says which layout follows. The version is raised whenever the meaning of a byte changes: another column, another field
/// in an indicator's state, another way to arrive at one. Numbers are as the machine holds them; both orders of bytes
/// read each other's snapshots as foreign.
/// </summary>
internal readonly record struct SnapshotHeader(ulong Magic, ulong CatalogueHash)
{
    private const ulong Version = 1;
    private const ulong Name = 0x53_43_52_4E_53_54_41_54; // SCRNSTAT

    internal static int Size => Unsafe.SizeOf<SnapshotHeader>();

    internal static SnapshotHeader Of(CalculationPlan plan) => new(Name + Version, plan.Catalogue.Hash);

    internal static bool Matches(ReadOnlySpan<byte> snapshot, CalculationPlan plan, int bytes) =>
        snapshot.Length == Size + bytes && MemoryMarshal.Read<SnapshotHeader>(snapshot) == Of(plan);
}
