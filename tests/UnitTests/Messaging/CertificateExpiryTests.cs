using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CryptoScreener.Messaging;
using CryptoScreener.Messaging.Connection;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.Messaging;

public sealed class CertificateExpiryTests : IDisposable
{
    private static readonly DateTimeOffset Soon = new(2031, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("screener-certificates-");
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Fact]
    public void The_first_end_of_each_file_is_told_and_a_renewed_one_shows_at_once()
    {
        var (authority, client) = (FileOf("ca.pem", Soon.AddYears(2), Soon.AddYears(1)), FileOf("client.pem", Soon));
        var expiry = Measure(authority, client);
        Assert.Equal([("bus_authority", Soon.AddYears(1)), ("bus_client", Soon)], expiry());

        FileOf("client.pem", Soon.AddDays(90));
        Assert.Contains(("bus_client", Soon.AddDays(90)), expiry());
    }

    [Fact]
    public void Nothing_is_told_without_certificates_or_of_files_that_are_none()
    {
        var none = Path.Combine(_folder.FullName, "none.pem");
        Assert.Empty(Measure(null, null)());
        Assert.Empty(Measure(none, FileOf("empty.pem"))());
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Delete(recursive: true);
    }

    private Func<List<(string, DateTimeOffset)>> Measure(string? authority, string? client)
    {
        var meter = _services.GetRequiredService<IMeterFactory>().Create($"certificates-{Guid.NewGuid():N}");
        CertificateExpiry.Measure(meter, new MessagingOptions { CaFile = authority, CertFile = client });
        return () =>
        {
            var told = new List<(string, DateTimeOffset)>();
            using var listener = new MeterListener();
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter) self.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<double>((_, value, tags, _) => told.Add(((string)tags[0].Value!, DateTimeOffset.FromUnixTimeSeconds((long)value))));
            listener.Start();
            listener.RecordObservableInstruments();
            return told;
        };
    }

    private string FileOf(string name, params DateTimeOffset[] ends)
    {
        using var key = ECDsa.Create();
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, string.Join('\n', ends.Select(end =>
        {
            using var certificate = request.CreateSelfSigned(Soon.AddYears(-1), end);
            return certificate.ExportCertificatePem();
        })));
        return file;
    }
}
