namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>Bytes from one client, cut into frames and put together to messages.</summary>
internal sealed class Inbox
{
    private const int LargestMessage = 262_144;
    private byte[] _input = new byte[4_096];
    private byte[] _fragments = [];
    private int _taken;
    private int _buffered;

    /// <summary>Where the next bytes go; empty when a client sends more at once than any exchange would take.</summary>
    public Memory<byte> Room
    {
        get
        {
            if (_buffered == _input.Length && _input.Length < LargestMessage) Array.Resize(ref _input, _input.Length * 2);
            return _input.AsMemory(_buffered);
        }
    }

    public void Filled(int count) => _buffered += count;

    /// <summary>The next whole frame. Its payload is valid until the next call.</summary>
    public bool TryTake(out Opcode opcode, out ReadOnlySpan<byte> payload)
    {
        while (Frames.TryRead(_input.AsSpan(_taken, _buffered - _taken), out opcode, out var isFinal, out var range, out var consumed))
        {
            payload = _input.AsSpan(_taken, consumed)[range];
            _taken += consumed;
            if (TryComplete(ref opcode, isFinal, ref payload)) return true;
        }

        _input.AsSpan(_taken, _buffered - _taken).CopyTo(_input);
        (_buffered, _taken) = (_buffered - _taken, 0);
        payload = default;
        return false;
    }

    /// <summary>Messages may come in pieces, with control frames between them.</summary>
    private bool TryComplete(ref Opcode opcode, bool isFinal, ref ReadOnlySpan<byte> payload)
    {
        if (opcode is not (Opcode.Text or Opcode.Binary or Opcode.Continuation)) return true;
        if (isFinal && opcode != Opcode.Continuation) return true;
        _fragments = [.. _fragments, .. payload];
        if (!isFinal && _fragments.Length <= LargestMessage) return false;
        opcode = Opcode.Text;
        payload = _fragments;
        _fragments = [];
        return true;
    }
}
