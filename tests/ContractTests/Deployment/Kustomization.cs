using System.Text.Json.Nodes;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>
/// As much of kustomize as our folders use: resources and components. Patches are applied by kubectl, where it is installed
/// (<see cref="KubectlTests"/>); here their targets must exist.
/// </summary>
internal static class Kustomization
{
    public static readonly TheoryData<string> Roots = ["k8s", "k8s/overlays/dev", "k8s/overlays/production", "k8s/overlays/operator"];

    public static IReadOnlyList<Manifest> Resolve(string folder) => [.. Documents(folder).Select(body => new Manifest(body))];

    public static IEnumerable<(string Folder, JsonObject Body)> All() => Directory
        .EnumerateFiles(Repository.PathOf("k8s"), "kustomization.yaml", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(path)!).Replace('\\', '/'))
        .Select(folder => (folder, YamlText.ReadFile($"{folder}/kustomization.yaml").Single()));

    public static string Join(string folder, string relative) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.PathOf(folder.Split('/')), relative))).Replace('\\', '/');

    private static IEnumerable<JsonObject> Documents(string folder)
    {
        var kustomization = YamlText.ReadFile($"{folder}/kustomization.yaml").Single();
        foreach (var entry in kustomization.List("resources").Concat(kustomization.List("components")).EachText())
        {
            var path = Join(folder, entry);
            foreach (var document in path.EndsWith(".yaml", StringComparison.Ordinal) ? YamlText.ReadFile(path) : Documents(path)) yield return document;
        }
    }
}
