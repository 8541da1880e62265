using System.Buffers;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>A frame on its way to its lane; its numbers are pooled, and the lane gives them back.</summary>
/// <param name="IsHeard">A closed frame as it was sent, ahead of the stream's copy, which comes in any case.</param>
internal readonly record struct EvaluationItem(
    int Partition, InstrumentId Instrument, MetricCatalogue Catalogue, FrameHeader Header, double[] Pooled, int Count, bool IsHeard = false)
{
    public ReadOnlySpan<double> Values => Pooled.AsSpan(0, Count);

    /// <summary>When it is evaluated, as triggers count.</summary>
    public Moment Moment => new(Header.EventTime, Header.Minute, Header.IsClosed);

    public static EvaluationItem Of(
        int partition, InstrumentId instrument, MetricCatalogue catalogue, in FrameHeader header, ReadOnlySpan<byte> frame, bool isHeard = false)
    {
        var values = ArrayPool<double>.Shared.Rent(catalogue.Count);
        FrameCodec.ReadValues(frame, values);
        return new EvaluationItem(partition, instrument, catalogue, header, values, catalogue.Count, isHeard);
    }

    public void Release() => ArrayPool<double>.Shared.Return(Pooled);
}
