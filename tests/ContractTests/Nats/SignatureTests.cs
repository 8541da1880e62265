using NATS.Client.Core;
using NATS.Client.JetStream;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>
/// Our code sees the NATS client through the members listed in signatures.txt. They have to exist, defaults included, in
/// whichever build this is; and the stand-ins must have no others, or code could come to depend on what the package lacks.
/// After a deliberate change run with SCREENER_WRITE_SIGNATURES set to the file's path and review the difference.
/// </summary>
public sealed class SignatureTests
{
    private const string ListFile = "Nats/signatures.txt";

    // With the package INatsSerialize and its kin live in an assembly of their own, hence the second look at Core's references.
    private static readonly Type[] Types = [.. new[] { typeof(NatsConnection), typeof(INatsSerialize<>), typeof(NatsJSContext) }
        .Select(type => type.Assembly).Distinct().SelectMany(assembly => assembly.GetExportedTypes())];

    [Fact]
    public void Every_listed_member_exists()
    {
        var missing = Listed().Except(Types.SelectMany(Signatures.Of)).ToList();

        Assert.True(missing.Count == 0, $"Not in this build:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void The_stand_ins_have_no_member_that_is_not_listed()
    {
        if (Signatures.IsUpstream)
            return; // the package has many more, and may
        var actual = Types.SelectMany(Signatures.Of).Order(StringComparer.Ordinal).ToList();
        if (Environment.GetEnvironmentVariable("SCREENER_WRITE_SIGNATURES") is { Length: > 0 } target)
            File.WriteAllLines(target, actual);

        var unlisted = actual.Except(Listed()).ToList();

        Assert.True(unlisted.Count == 0, $"Public, but not in {ListFile}:\n{string.Join('\n', unlisted)}");
    }

    private static string[] Listed() => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, ListFile));
}
