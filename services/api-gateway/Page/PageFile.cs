using System.IO.Compression;
using System.Security.Cryptography;

namespace CryptoScreener.ApiGateway.Page;

/// <summary>One file of the page, kept in memory: plain, and compressed where that saves something.</summary>
internal sealed class PageFile
{
    // The build puts a hash into these names: another content is another name, so a browser need never ask again.
    private const string HashedFolder = "/assets/";
    private const double WorthIt = 0.9;

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".json"] = "application/json",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private PageFile(string path, byte[] plain)
    {
        Plain = plain;
        ContentType = Types.GetValueOrDefault(System.IO.Path.GetExtension(path), "application/octet-stream");
        CacheControl = path.StartsWith(HashedFolder, StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        Tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12))}\"";
        var brotli = Compress(plain, static target => new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true));
        var gzip = Compress(plain, static target => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true));
        (Brotli, GZip) = (IsWorthIt(brotli) ? brotli : null, IsWorthIt(gzip) ? gzip : null);
    }

    public byte[] Plain { get; }

    public byte[]? Brotli { get; }

    public byte[]? GZip { get; }

    public string ContentType { get; }

    public string CacheControl { get; }

    /// <summary>As an ETag header writes it.</summary>
    public string Tag { get; }

    /// <param name="path">As a browser asks for it: <c>/assets/index-1a2b.js</c>.</param>
    public static PageFile Read(string path, string file) => new(path, File.ReadAllBytes(file));

    private bool IsWorthIt(byte[] compressed) => compressed.Length < Plain.Length * WorthIt;

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> open)
    {
        using var target = new MemoryStream();
        using (var compressor = open(target)) compressor.Write(plain);
        return target.ToArray();
    }
}
