using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Deployment;

/// <summary>The workflow at GitHub does what everybody does here, and takes in nothing that may change behind our back.</summary>
public sealed partial class WorkflowTests
{
    private static readonly JsonObject Workflow = YamlText.ReadFile(".github/workflows/ci.yml").Single();

    [Fact]
    public void It_runs_the_same_command_as_everybody()
    {
        Assert.Contains(".ci/run", Steps("test").Select(step => step.Text("run")));
        Assert.True(File.Exists(Repository.PathOf(".ci", "run")));
    }

    [Fact]
    public void It_builds_every_image_that_make_images_knows()
    {
        var script = File.ReadAllText(Repository.PathOf("deploy", "docker", "images.sh"));
        var known = ImageList().Match(script).Groups[1].Value.Split(' ');
        Assert.Equal(known.Order(StringComparer.Ordinal), Workflow.At("jobs/images/strategy/matrix")!.List("image").Texts().Order(StringComparer.Ordinal));
        Assert.Contains(Steps("images"), step => step.Text("run").StartsWith("make images ONLY=${{ matrix.image }}", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_target_and_script_that_a_step_calls_is_there()
    {
        var targets = File.ReadLines(Repository.PathOf("Makefile")).Where(line => line.StartsWith(".PHONY:", StringComparison.Ordinal)).SelectMany(line => line.Split(' ').Skip(1)).ToHashSet();
        var commands = Workflow.Map("jobs").SelectMany(job => Steps(job.Key)).Select(step => step.Text("run").Split(' ')).Where(words => words[0].Length > 0).ToList();
        Assert.Subset(targets, commands.Where(words => words[0] == "make").Select(words => words[1]).ToHashSet());
        Assert.All(commands.Where(words => words[0].Contains('/', StringComparison.Ordinal)), words => Assert.True(File.Exists(Repository.PathOf(words[0].Split('/'))), words[0]));
        Assert.Contains(commands, words => words is ["make", "probe-all"]);
    }

    [Fact]
    public async Task Without_a_Docker_engine_the_probe_of_containers_says_in_one_line_what_it_did_not_do()
    {
        var (code, said) = await ExternalProgram.Bash.RunAsync("deploy/docker/probe-all.sh", environment: "DOCKER_HOST=unix:///nowhere.sock");
        Assert.Equal(0, code);
        Assert.Matches(@"^  containers: no image was built and no compose stack started, no Docker engine answers; .*make probe-all\n$", said);
        Assert.Contains("deploy/docker/probe-all.sh", await File.ReadAllTextAsync(Repository.PathOf(".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public void Actions_are_pinned_by_commit_and_may_only_read()
    {
        var actions = Workflow.Map("jobs").SelectMany(job => Steps(job.Key)).Select(step => step.Text("uses")).Where(uses => uses.Length > 0).ToList();
        Assert.NotEmpty(actions);
        Assert.All(actions, uses => Assert.Matches(@"^[\w-]+/[\w-]+@[0-9a-f]{40}$", uses));
        Assert.Equal("read", Workflow.Map("permissions").Text("contents"));
    }

    private static JsonArray Steps(string job) => Workflow.At($"jobs/{job}").List("steps");

    [GeneratedRegex(@"images=\$\{ONLY:-([^}]*)\}")]
    private static partial Regex ImageList();
}
