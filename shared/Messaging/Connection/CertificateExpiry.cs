using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CryptoScreener.Messaging.Connection;

/// <summary>
/// Tells when the certificates that this worker uses on the bus end; of several in a file the first to end. Files are read at each scrape,
/// so that a renewed one shows at once. One that cannot be read tells nothing here: connecting says what is wrong with it.
/// </summary>
internal static class CertificateExpiry
{
    public static void Measure(Meter meter, MessagingOptions options) => meter.CreateObservableGauge(
        "tls_certificate_expiry_timestamp", () => Observe(options), "s", "When a certificate ends (unix seconds), by what it is for");

    private static IEnumerable<Measurement<double>> Observe(MessagingOptions options)
    {
        foreach (var (name, file) in new[] { ("bus_authority", options.CaFile), ("bus_client", options.CertFile) })
            if (EndOf(file) is { } end) yield return new(end.ToUnixTimeSeconds(), new KeyValuePair<string, object?>("certificate", name));
    }

    private static DateTimeOffset? EndOf(string? file)
    {
        if (string.IsNullOrEmpty(file)) return null;
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(file);
            DateTimeOffset? first = null;
            foreach (var certificate in certificates)
            {
                var end = new DateTimeOffset(certificate.NotAfter);
                if (first is null || end < first) first = end;
                certificate.Dispose();
            }

            return first;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }
}
