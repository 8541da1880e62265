using System.Globalization;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.LocalServers;

public sealed class MallocArenaTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("screener-arenas-");

    [Fact]
    public async Task A_program_of_ours_has_two_arenas_for_native_memory_and_not_one_for_each_thread()
    {
        var port = FreePort.Next();
        await using var program = new LocalProgram(
            "exchange-simulator", "ExchangeSimulator", port, _folder.FullName, new Dictionary<string, string>(),
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--instruments", "1"]);
        await program.StartAsync(CancellationToken.None);

        var wanted = $"MALLOC_ARENA_MAX={Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") ?? "2"}";
        await Eventually.TrueAsync(async () => (await File.ReadAllTextAsync($"/proc/{program.ProcessId}/environ", CancellationToken.None)).Split('\0').Contains(wanted), wanted);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
