using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace CryptoScreener.Storage.Migrations;

/// <summary>One step of the schema. Steps are embedded SQL, named <c>0001_what.sql</c>, and never change once released.</summary>
internal sealed record Migration(string Name, string Sql)
{
    private const string Extension = ".sql";

    /// <summary>Of the text without carriage returns: a checkout on another system is the same migration.</summary>
    internal string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>In the order in which they apply.</summary>
    internal static IReadOnlyList<Migration> Embedded { get; } = Load(typeof(Migration).Assembly);

    private static List<Migration> Load(Assembly assembly)
    {
        var prefix = $"{typeof(Migration).Namespace}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal) && resource.EndsWith(Extension, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource => new Migration(resource[prefix.Length..^Extension.Length], Read(assembly, resource)))];
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
