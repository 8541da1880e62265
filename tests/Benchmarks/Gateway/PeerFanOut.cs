using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>Another server, which is handed each message as a finished text: less work than the gateway has.</summary>
internal sealed class PeerFanOut : IFanOut
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30); // only to end what hangs
    private readonly Process _process;

    private PeerFanOut(string name, Process process, Uri socket, byte[] hello, int greetings) =>
        (Name, _process, Socket, Hello, Greetings) = (name, process, socket, hello, greetings);

    public string Name { get; }

    public int ProcessId => _process.Id;

    public Uri Socket { get; }

    public byte[] Hello { get; }

    public int Greetings { get; }

    /// <param name="greetings">How many messages a client has had before the first update.</param>
    public static async Task<PeerFanOut> StartAsync(string name, ProcessStartInfo start, Uri socket, string hello, int greetings)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            var said = await process.StandardOutput.ReadLineAsync(patience.Token);
            return said == "listening"
                ? new PeerFanOut(name, process, socket, Encoding.UTF8.GetBytes(hello), greetings)
                : throw new InvalidOperationException($"{name} said '{said}' instead of listening");
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public async Task TellAsync()
    {
        var stamp = Stamp.Now.ToString(CultureInfo.InvariantCulture);
        var rows = Enumerable.Range(0, GatewayFanOut.Instruments)
            .Select(i => $"""["{MarketOnTheBus.Exchange}","{MarketOnTheBus.Id(i).Symbol}",1763656500000,false,93120.5,0.42,{stamp}]""");
        await _process.StandardInput.WriteLineAsync($$"""{"type":"update","subscription":"metrics-5a1f09c2d3e4","sequence":815,"rows":[{{string.Join(',', rows)}}]}""");
        await _process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            _process.StandardInput.Close(); // both peers end with their input
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // it has to be ended
        }
        finally
        {
            End(_process);
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
