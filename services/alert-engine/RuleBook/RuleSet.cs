using System.Collections.Immutable;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>The rules in force, compiled against one catalogue. Immutable: a change makes a new one.</summary>
internal sealed record RuleSet(long Revision, MetricCatalogue Catalogue, ImmutableArray<CompiledRule> Rules);
