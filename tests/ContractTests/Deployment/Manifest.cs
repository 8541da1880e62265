using System.Text.Json.Nodes;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>One Kubernetes document.</summary>
internal sealed record Manifest(JsonObject Body)
{
    private static readonly HashSet<string> WorkloadKinds = ["Deployment", "StatefulSet", "DaemonSet", "CronJob"];

    public string Kind => Body.Text("kind");

    public string Name => Body["metadata"].Text("name");

    public string Namespace => Body["metadata"].Text("namespace");

    public bool IsWorkload => WorkloadKinds.Contains(Kind);

    public JsonNode? Spec => Body["spec"];

    public JsonNode? Template => Kind == "CronJob" ? Body.At("spec/jobTemplate/spec/template") : Body.At("spec/template");

    public JsonNode? Pod => Template?["spec"];

    public IEnumerable<JsonObject> Containers => Pod.List("containers").OfType<JsonObject>();

    public IReadOnlyDictionary<string, string> PodLabels => LabelsOf(Template.At("metadata/labels"));

    /// <summary>Numbers of the named ports.</summary>
    public IReadOnlyDictionary<string, string> Ports => Containers.SelectMany(c => c.List("ports")).ToDictionary(p => p.Text("name"), p => p.Text("containerPort"));

    public override string ToString() => $"{Kind} {Namespace}/{Name}";

    public bool IsSelectedBy(JsonNode? selector)
    {
        var labels = PodLabels;
        return LabelsOf(selector?["matchLabels"]).All(wanted => labels.GetValueOrDefault(wanted.Key) == wanted.Value)
            && selector.List("matchExpressions").All(e => e.List("values").Texts().Contains(labels.GetValueOrDefault(e.Text("key"))));
    }

    public static IReadOnlyDictionary<string, string> LabelsOf(JsonNode? labels) =>
        (labels as JsonObject ?? []).ToDictionary(label => label.Key, label => label.Value!.GetValue<string>());
}
