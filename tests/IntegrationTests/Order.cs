using CryptoScreener.IntegrationTests.Gateway;
using CryptoScreener.IntegrationTests.GatewayRealtime;
using CryptoScreener.Testing;

[assembly: TestCollectionOrderer("CryptoScreener.IntegrationTests.Order", "CryptoScreener.IntegrationTests")]

namespace CryptoScreener.IntegrationTests;

/// <summary>The tests that share a gateway stand in one line, and are many.</summary>
public sealed class Order() : LongestFirst(typeof(GatewayRest), typeof(GatewayGroup));
