using System.Text.Json.Nodes;
using CryptoScreener.Messaging.Snapshots;
using CryptoScreener.Testing;
using CryptoScreener.Testing.Fuzzing;

namespace CryptoScreener.UnitTests.Fuzzing;

/// <summary>Whatever a server says of its snapshots is understood or refused in words, and a description can be kept as a file.</summary>
public sealed class ArchiveAnswerFuzzTests
{
    [Fact]
    public void Answers_about_snapshots() => Fuzz.Run("archive-answers", Fuzz.Corpus(Repository.PathOf("tests", "UnitTests", "Fuzzing", "corpus", "archive-answers.txt")), input =>
    {
        try
        {
            var answer = ArchiveAnswer.Parse(input);
            Assert.True(answer.Refusal is not null || !answer.IsNotFound);
            if (answer.Description is { } description) Assert.IsType<JsonObject>(JsonNode.Parse(description.ToJsonString()));
        }
        catch (StreamArchiveException refused)
        {
            Assert.NotEmpty(refused.Message);
        }
    });
}
