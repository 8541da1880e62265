using System.Diagnostics;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>A client that was not written for this simulator reads it: ccxt, with nothing but its addresses changed.</summary>
public class CcxtTests(CcxtInstallation ccxt) : IClassFixture<CcxtInstallation>
{
    [Theory]
    [InlineData("binance-futures", "BTC/USDT:USDT")]
    [InlineData("binance-spot", "BTC/USDT")]
    [InlineData("bybit-linear", "BTC/USDT:USDT")]
    [InlineData("okx-swap", "BTC/USDT:USDT")]
    public async Task Markets_history_tickers_and_live_candles_are_read(string exchange, string symbol)
    {
        await using var simulator = await RunningSimulator.StartAsync("--speed", "20", "--rate", "20");
        var seen = await ccxt.ReadAsync(exchange, simulator.Http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        Assert.Equal(5, seen.GetProperty("symbols").GetArrayLength());
        Assert.Contains(symbol, seen.GetProperty("symbols").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(0.1, seen.GetProperty("tick").GetDouble());

        var history = seen.GetProperty("history");
        Assert.Equal(5, history.GetArrayLength());
        var truth = await simulator.GetAsync($"/sim/truth/klines?exchange={exchange}&symbol={(exchange == "okx-swap" ? "BTC-USDT-SWAP" : "BTCUSDT")}&interval=1m&from={history[0][0]}&to={history[3][0]}");
        for (var i = 0; i < 4; i++)
            for (var column = 1; column <= 5; column++) Assert.Equal(decimal.Parse(truth[i][column].GetString()!, System.Globalization.CultureInfo.InvariantCulture), history[i][column].GetDecimal());

        var live = seen.GetProperty("live");
        Assert.True(live[0][0].GetInt64() >= history[4][0].GetInt64());
        Assert.True(live[live.GetArrayLength() - 1][0].GetInt64() >= live[0][0].GetInt64());
        Assert.True(seen.GetProperty("last").GetDouble() > 0);
    }
}

/// <summary>Installs ccxt from its lock file, once, below artifacts, and runs the client.</summary>
public sealed class CcxtInstallation
{
    private static readonly TimeSpan InstallPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunPatience = TimeSpan.FromSeconds(60);
    private static readonly string[] Files = ["package.json", "package-lock.json", "client.mjs"];
    private readonly Lazy<Task<string>> _folder = new(InstallAsync);

    public async Task<JsonElement> ReadAsync(string exchange, string address)
    {
        var output = await RunAsync("node", ["client.mjs", exchange, address], await _folder.Value, RunPatience);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    private static async Task<string> InstallAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "CryptoScreener.sln"))) root = root.Parent;
        Assert.True(root is not null, "The tests must run from below the repository: CryptoScreener.sln was not found.");
        var source = Path.Combine(root.FullName, "tests", "ContractTests", "Simulator", "ccxt");
        var folder = Directory.CreateDirectory(Path.Combine(root.FullName, "artifacts", "npm", "ccxt")).FullName;
        var isSame = Directory.Exists(Path.Combine(folder, "node_modules", "ccxt")) && Files.All(f => IsSame(Path.Combine(source, f), Path.Combine(folder, f)));
        if (isSame) return folder;
        foreach (var file in Files) File.Copy(Path.Combine(source, file), Path.Combine(folder, file), overwrite: true);
        await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, InstallPatience);
        return folder;
    }

    private static bool IsSame(string one, string other) => File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private static async Task<string> RunAsync(string program, string[] arguments, string folder, TimeSpan patience)
    {
        using var process = Start(program, arguments, folder);
        using var timeout = new CancellationTokenSource(patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {patience}.");
        }

        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} failed:\n{await errors}");
        return await output;
    }

    private static Process Start(string program, string[] arguments, string folder)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Fail($"{program} was not found. Install Node.js 18 or newer with npm (Debian: apt-get install nodejs npm).");
            throw;
        }
    }
}
