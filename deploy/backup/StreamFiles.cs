using System.Text.Json.Nodes;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Snapshots;

namespace CryptoScreener.Backup;

/// <summary>Each stream in two files: <c>CANDLES.json</c> describes it, <c>CANDLES.snapshot</c> holds it.</summary>
internal static class StreamFiles
{
    private const int Done = 0;

    public static async Task<int> SaveAsync(string folder, CancellationToken stop)
    {
        Directory.CreateDirectory(folder);
        await using var archive = new StreamArchive(Options());
        foreach (var stream in StreamArchive.Names)
        {
            var file = Path.Combine(folder, $"{stream}.snapshot");
            JsonObject? description;
            await using (var content = File.Create(file)) description = await archive.SaveAsync(stream, content, stop);
            if (description is null)
            {
                File.Delete(file);
                Console.WriteLine($"{stream}: is not there");
                continue;
            }

            await File.WriteAllTextAsync(Path.Combine(folder, $"{stream}.json"), description.ToJsonString(), stop);
            Console.WriteLine($"{stream}: {description["state"]!["messages"]} messages up to {description["state"]!["last_seq"]}");
        }

        return Done;
    }

    public static async Task<int> RestoreAsync(string folder, CancellationToken stop)
    {
        await using var archive = new StreamArchive(Options());
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var description = JsonNode.Parse(await File.ReadAllTextAsync(file, stop))!.AsObject();
            await using var content = File.OpenRead(Path.ChangeExtension(file, ".snapshot"));
            var stream = Path.GetFileNameWithoutExtension(file);
            await archive.RestoreAsync(stream, description, content, stop);
            Console.WriteLine($"{stream}: {description["state"]!["messages"]} messages up to {description["state"]!["last_seq"]}");
        }

        return Done;
    }

    /// <summary>One line of JSON for each stream: name, configuration and state, as the server tells them; null for one it does not have.</summary>
    public static async Task<int> ListAsync(CancellationToken stop)
    {
        await using var archive = new StreamArchive(Options());
        foreach (var stream in StreamArchive.Names)
            Console.WriteLine(new JsonObject { ["name"] = stream, ["stream"] = await archive.DescribeAsync(stream, stop) }.ToJsonString());
        return Done;
    }

    private static MessagingOptions Options() => new()
    {
        Url = Environment.GetEnvironmentVariable("NATS_URL") ?? "nats://127.0.0.1:4222",
        Username = Environment.GetEnvironmentVariable("NATS_USER"),
        Password = Environment.GetEnvironmentVariable("NATS_PASSWORD"),
        CaFile = Environment.GetEnvironmentVariable("NATS_CA_FILE"),
    };
}
