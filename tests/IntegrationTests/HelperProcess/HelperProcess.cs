using System.Diagnostics;
using System.Globalization;

namespace CryptoScreener.IntegrationTests.HelperProcess;

/// <summary>This assembly as a separate process that a test talks to by lines, and may kill. It ends when its input ends.</summary>
internal sealed class HelperProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private HelperProcess(Process process) => _process = process;

    internal static HelperProcess Start(params IEnumerable<string> arguments)
    {
        var dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", typeof(HelperProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new HelperProcess(Process.Start(start)!);
    }

    internal async Task<string> ReadLineAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        return await _process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException("The helper process ended.");
    }

    internal Task PauseAsync() => SignalAsync("STOP");

    internal Task ContinueAsync() => SignalAsync("CONT");

    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    internal async Task<int> FinishAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
