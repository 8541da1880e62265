using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>Whoever applies file by file, in the order of k8s/README.md, never waits for what comes only later.</summary>
public sealed partial class SingleFileOrderTests
{
    private static readonly string[] Commands = File.ReadAllText(Repository.PathOf("k8s", "README.md"))
        .Split("Without kustomize, in this order:")[1].Split("```")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void Every_file_of_the_base_is_applied_once()
    {
        var named = YamlText.ReadFile("k8s/base/kustomization.yaml").Single().List("resources").Texts().Select(file => $"k8s/base/{file}");
        Assert.Equal(named.Order(StringComparer.Ordinal), Commands.SelectMany(Files).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_a_document_refers_to_is_there_when_it_is_applied()
    {
        List<Manifest> there = [];
        foreach (var command in Commands)
        {
            var applied = Files(command).SelectMany(YamlText.ReadFile).Select(body => new Manifest(body)).ToList();
            foreach (var manifest in applied)
            {
                if (manifest.Kind != "Namespace") Assert.Contains(there, earlier => earlier.Kind == "Namespace" && earlier.Name == manifest.Namespace);
                there.Add(manifest);
            }

            // Policies may come before the pods that they are about, and services beside theirs: an order is wanted by what a pod mounts, reads and calls.
            Assert.Empty(applied.Where(manifest => manifest.IsWorkload).SelectMany(manifest => KubernetesReferenceTests.Broken(manifest, there)));
        }
    }

    [Fact]
    public void The_placeholders_are_replaced_before_anything_reads_them_and_by_every_secret_that_is_read()
    {
        var secret = Array.FindIndex(Commands, command => command.Contains("create secret generic crypto-secrets --from-env-file=k8s/base/secrets.env", StringComparison.Ordinal));
        var reader = Array.FindIndex(Commands, command => Files(command).SelectMany(YamlText.ReadFile).Any(body => new Manifest(body).IsWorkload));
        Assert.InRange(secret, 1, reader - 1);
        Assert.EndsWith("| kubectl apply -f -", Commands[secret], StringComparison.Ordinal);
        var placeholders = Kustomization.Resolve("k8s/base").Single(m => m is { Kind: "Secret", Name: "crypto-secrets" }).Body;
        var made = File.ReadLines(Repository.PathOf("deploy", "scripts", "secret-names")).Select(line => line.Split(' ')[0])
            .Concat(["SLACK_WEBHOOK_URL", "PAGERDUTY_INTEGRATION_KEY", "SMTP_PASSWORD", "DELIVERY_WEBHOOK_SECRET"]); // taken over from .env
        Assert.Empty(placeholders.Map("stringData").Concat(placeholders.Map("data")).Select(entry => entry.Key).Except(made));
    }

    private static IEnumerable<string> Files(string command) => Applied().Matches(command).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"-f (k8s/\S+\.yaml)")]
    private static partial Regex Applied();
}
