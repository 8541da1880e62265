using System.Diagnostics;
using System.Globalization;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Streams;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The real kustomize, where kubectl is installed or was fetched (deploy/scripts/fetch-debian13.sh); the other tests of this folder need none.</summary>
public sealed class KubectlTests(ITestOutputHelper output)
{
    private static readonly string Fetched = Repository.PathOf(".data", "debian13", "usr", "bin", "kubectl");

    public static TheoryData<string> Roots => Kustomization.Roots;

    [Theory]
    [MemberData(nameof(Roots))]
    public async Task Kubectl_builds_every_set_with_the_secrets_of_make_secrets(string root)
    {
        var copy = Directory.CreateTempSubdirectory("screener-k8s-").FullName;
        try
        {
            await RunAsync("cp", ["-r", Repository.PathOf("k8s"), copy]);
            await File.WriteAllTextAsync(Path.Combine(copy, "k8s", "base", "secrets.env"), "POSTGRES_PASSWORD=real\n");
            if (await RunAsync(File.Exists(Fetched) ? Fetched : "kubectl", ["kustomize", Path.Combine(copy, root)]) is not { } built)
            {
                output.WriteLine("kubectl is not installed: the overlays' patches were not applied, only their targets checked.");
                return;
            }

            var manifests = YamlText.Read(built).Select(body => new Manifest(body)).ToList();
            var removed = root.EndsWith("operator", StringComparison.Ordinal) ? 2 : 0; // KEDA makes those two autoscalers
            Assert.Equal(Kustomization.Resolve(root).Count - removed, manifests.Count);
            StreamsFit(manifests);
            var secret = manifests.Single(m => m.Kind == "Secret").Body.Map("data");
            Assert.Equal(Convert.ToBase64String("real"u8), secret.Text("POSTGRES_PASSWORD"));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>A stream that does not fit is refused by the server, when the first worker starts.</summary>
    private static void StreamsFit(List<Manifest> manifests)
    {
        if (manifests.SingleOrDefault(m => m is { Kind: "StatefulSet", Name: "nats" }) is not { } nats) return;
        var settings = manifests.Single(m => m is { Kind: "ConfigMap", Name: "screener-settings" }).Body.Map("data");
        var streams = StreamSpecs.All(new MessagingOptions { StreamMegabytes = int.Parse(settings.Text("Messaging__StreamMegabytes"), CultureInfo.InvariantCulture) });
        var room = nats.Containers.Single().List("env").Single(e => e.Text("name") == "NATS_MAX_FILE_STORE").Text("value");
        Assert.InRange(streams.Sum(stream => stream.MaxBytes), 1, long.Parse(room[..^2], CultureInfo.InvariantCulture) << 30);
        var disk = nats.Body.At("spec").List("volumeClaimTemplates").Single().At("spec/resources/requests").Text("storage");
        Assert.True(int.Parse(room[..^2], CultureInfo.InvariantCulture) < int.Parse(disk[..^2], CultureInfo.InvariantCulture), $"{room} of {disk}");
    }

    [Fact]
    public void A_patch_has_a_target()
    {
        foreach (var (folder, body) in Kustomization.All())
        {
            var known = Kustomization.Resolve(body.Text("kind") == "Component" ? "k8s" : folder);
            foreach (var target in body.List("patches").Select(patch => patch?["target"]))
            {
                foreach (var name in target.Text("name").Split('|'))
                    Assert.True(known.Any(m => m.Kind == target.Text("kind") && (name.Length == 0 || m.Name == name)), $"{folder}: no {target.Text("kind")} '{name}' to patch");
            }
        }
    }

    private static async Task<string?> RunAsync(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await errors);
            return await said;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
