using System.Reflection;
using Xunit.Sdk;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>Runs a theory once for each server version there is.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class EveryNatsServerAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => NatsPrograms.ByVersion.Keys.Select(version => new object[] { version });
}
