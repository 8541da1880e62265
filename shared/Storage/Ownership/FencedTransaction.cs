using Npgsql;

namespace CryptoScreener.Storage.Ownership;

/// <summary>An open transaction that commits only if the partition is still ours. Stores write into it.</summary>
public sealed class FencedTransaction
{
    internal FencedTransaction(NpgsqlConnection connection) => Connection = connection;

    internal NpgsqlConnection Connection { get; }
}
