using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace NATS.Client.Core.Internal.Transport;

/// <summary>Puts TLS on a connection, as the options say.</summary>
internal static class TlsClient
{
    [SuppressMessage("Security", "CA5359", Justification = "What InsecureSkipVerify says it does")]
    public static async Task<Stream> AuthenticateAsync(Stream inner, string host, NatsTlsOpts opts, CancellationToken cancellationToken)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (opts.CertFile is null != opts.KeyFile is null)
            throw new ArgumentException("NatsTlsOpts.CertFile and NatsTlsOpts.KeyFile must both be set");
        if (opts.CertFile is not null)
            options.ClientCertificates = [LoadClientCertificate(opts)];
        if (opts.CaFile is not null)
            options.CertificateChainPolicy = TrustOnly(opts.CaFile);
        if (opts.InsecureSkipVerify)
            options.RemoteCertificateValidationCallback = AcceptAny;
        if (opts.ConfigureClientAuthentication is { } configure)
            await configure(options).ConfigureAwait(false);

        var tls = new SslStream(inner);
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return tls;
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private static X509Certificate2 LoadClientCertificate(NatsTlsOpts opts) => opts.KeyFilePassword is { } password
        ? X509Certificate2.CreateFromEncryptedPemFile(opts.CertFile!, password, opts.KeyFile)
        : X509Certificate2.CreateFromPemFile(opts.CertFile!, opts.KeyFile);

    private static X509ChainPolicy TrustOnly(string caFile)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            // A private authority publishes no revocation list that could be asked.
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy;
    }
}
