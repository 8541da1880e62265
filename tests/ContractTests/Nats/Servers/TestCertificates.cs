using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>An authority of our own with a server's and a client's certificate, as files.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("screener-tls-").FullName;

    public TestCertificates()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Contract tests", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Authority, authority.ExportCertificatePem());
        Issue(authority, "server", "1.3.6.1.5.5.7.3.1");
        Issue(authority, "client", "1.3.6.1.5.5.7.3.2");
    }

    public string Authority => PathOf("authority.pem");

    public string Server => PathOf("server.pem");

    public string ServerKey => PathOf("server.key");

    public string Client => PathOf("client.pem");

    public string ClientKey => PathOf("client.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Issue(X509Certificate2 authority, string name, string purpose)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(purpose)], critical: false));
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(PathOf($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
