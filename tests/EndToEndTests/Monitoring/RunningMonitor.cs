using System.Diagnostics;
using System.Globalization;
using System.Net;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Monitoring;

/// <summary>A program of the monitoring stack, as its Debian package brings it, on a free port.</summary>
internal sealed class RunningMonitor : IDisposable
{
    private static readonly HttpClient Http = new();
    private readonly Process _process;

    private RunningMonitor(Process process, string job, int port)
    {
        _process = process;
        Job = job;
        Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        // It logs to pipes that somebody has to empty.
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
    }

    /// <summary>What deploy/prometheus calls it.</summary>
    public string Job { get; }

    public string Address { get; }

    /// <param name="arguments"><c>{0}</c> stands for the port.</param>
    /// <param name="environment"><c>A=1 B=2</c>.</param>
    public static async Task<RunningMonitor> StartAsync(string job, string program, string arguments, string environment = "")
    {
        var port = FreePort.Next();
        var monitor = new RunningMonitor(
            new ExternalProgram(program, program).Start(arguments.Replace("{0}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), environment), job, port);
        await Eventually.TrueAsync(monitor.AnswersAsync, $"{program} serves metrics");
        return monitor;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode} before it served anything.");
        try
        {
            using var answer = await Http.GetAsync($"http://{Address}/metrics");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
