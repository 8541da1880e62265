namespace CryptoScreener.Rules.Compilation;

internal enum OpCode : byte
{
    Constant, Column, Previous,
    Add, Subtract, Multiply, Divide, Min, Max,
    Negate, Abs,
    AtLeast, Below,
    All, Any,
}
