using System.Globalization;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Streams;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>
/// The real kustomize, which applies the patches too. <c>deploy/scripts/test.sh</c> fetches it, and where it cannot be had leaves these tests out and
/// says so; the other tests of this folder read the manifests without it.
/// </summary>
public sealed class KubectlTests
{
    private static readonly string Fetched = Repository.PathOf(".data", "debian13", "usr", "bin", "kubectl");
    private static readonly ExternalProgram Kubectl = new(File.Exists(Fetched) ? Fetched : "kubectl", "kubectl", orWith: "deploy/scripts/fetch-debian13.sh (as root)");

    public static TheoryData<string> Roots => Kustomization.Roots;

    [Theory]
    [MemberData(nameof(Roots))]
    public async Task Kubectl_builds_every_set_with_the_secrets_of_make_secrets(string root)
    {
        var manifests = await BuildAsync(root);
        var removed = root.EndsWith("operator", StringComparison.Ordinal) ? 2 : 0; // KEDA makes those two autoscalers
        Assert.Equal(Kustomization.Resolve(root).Count - removed, manifests.Count);
        StreamsFit(manifests);
        var secret = manifests.Single(m => m.Kind == "Secret").Body.Map("data");
        Assert.Equal(Convert.ToBase64String("real"u8), secret.Text("POSTGRES_PASSWORD"));
    }

    [Fact]
    public async Task With_tls_on_the_bus_everybody_knows_its_authority_and_only_the_servers_their_key()
    {
        const string Secure = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../../base]\ncomponents: [../../components/bus-tls]\n";
        var manifests = await BuildAsync("k8s/overlays/secure", Secure);
        var settings = manifests.Single(m => m is { Kind: "ConfigMap", Name: "screener-settings" }).Body.Map("data");
        Assert.Equal("/tls/ca.crt", settings.Text("Messaging__CaFile"));
        var nats = manifests.Single(m => m is { Kind: "StatefulSet", Name: "nats" });
        Assert.Contains("/etc/nats/cluster-tls.conf", nats.Containers.Single().List("args").Texts());
        Assert.Contains("cluster-tls.conf", manifests.Single(m => m is { Kind: "ConfigMap", Name: "nats-config" }).Body.Map("data").Select(file => file.Key));
        var speaking = manifests.Where(m => m.Kind is "Deployment" or "CronJob" && m.Containers.Any(c => c.Text("image").StartsWith("cryptoscreener/", StringComparison.Ordinal))).ToList();
        Assert.Equal(["alert-delivery", "alert-engine", "api-gateway", "backup", "backup-verify", "data-collector", "metrics-calculator", "restore"], speaking.Select(m => m.Name).Order(StringComparer.Ordinal));
        foreach (var manifest in speaking)
        {
            Assert.Contains("/tls", manifest.Containers.Single().List("volumeMounts").Select(mount => mount.Text("mountPath")));
            Assert.Equal(["ca.crt"], manifest.Pod.List("volumes").Single(v => v.Text("name") == "bus-authority").At("secret").List("items").Select(item => item.Text("key")));
        }
    }

    /// <summary>Whoever else reached it from the trusted network could forge who calls.</summary>
    [Fact]
    public async Task In_production_only_the_ingress_and_the_notifications_reach_the_gateway()
    {
        var manifests = await BuildAsync("k8s/overlays/production");
        var gateway = manifests.Single(m => m.Kind == "Deployment" && m.Name == "api-gateway");
        var open = manifests.Where(m => m.Kind == "NetworkPolicy" && gateway.IsSelectedBy(m.Spec?["podSelector"])).SelectMany(m => m.Spec.List("ingress"))
            .Where(rule => rule.List("ports").Any(port => port.Text("port") == "8080"));
        var from = open.Select(rule => rule.List("from")).ToList();
        Assert.Equal(["ingress-nginx", "alertmanager"], Assert.Single(from).SelectMany(peer => peer.Texts()));
    }

    /// <summary>What kubectl makes of a folder.</summary>
    private static async Task<List<Manifest>> BuildAsync(string root, string? kustomization = null)
    {
        var copy = Directory.CreateTempSubdirectory("screener-k8s-").FullName;
        try
        {
            Assert.Equal((0, ""), await ExternalProgram.Bash.RunAsync($"-c \"cp -r {Repository.PathOf("k8s")} {copy}\""));
            await File.WriteAllTextAsync(Path.Combine(copy, "k8s", "base", "secrets.env"), "POSTGRES_PASSWORD=real\n");
            var folder = Directory.CreateDirectory(Path.Combine(copy, root)).FullName;
            if (kustomization is not null) await File.WriteAllTextAsync(Path.Combine(folder, "kustomization.yaml"), kustomization);
            return [.. YamlText.Read(await KustomizeAsync(folder)).Select(body => new Manifest(body))];
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

    /// <summary>What it warns of is no manifest.</summary>
    private static async Task<string> KustomizeAsync(string folder)
    {
        using var kubectl = Kubectl.Start($"kustomize {folder}");
        var (built, errors) = (kubectl.StandardOutput.ReadToEndAsync(), kubectl.StandardError.ReadToEndAsync());
        await kubectl.WaitForExitAsync();
        Assert.True(kubectl.ExitCode == 0, await errors);
        return await built;
    }
}
