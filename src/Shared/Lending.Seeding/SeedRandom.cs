using System.Buffers.Binary;

namespace Lending.Seeding;

/// <summary>
/// Chance that is the same on every machine and every version of .NET: SplitMix64 (Steele, Lea and Flood, 2014). Each row has a sequence of its
/// own, so it can be made alone, in any order and again.
/// </summary>
public sealed class SeedRandom
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>The sequence of one row.</summary>
    /// <param name="seed">The seed of the whole.</param>
    /// <param name="kind">What the row is; rows of different kinds have nothing in common.</param>
    /// <param name="number">Which row of its kind it is.</param>
    public SeedRandom(int seed, string kind, long number)
    {
        state = Mix((ulong)seed + GoldenRatio);
        foreach (var letter in kind)
        {
            state = Mix(state ^ letter);
        }
        state = Mix(state ^ (ulong)number);
    }

    /// <summary>Sixty-four bits.</summary>
    public ulong Next() => Mix(state += GoldenRatio);

    /// <summary>A whole number, both ends included.</summary>
    public int Number(int from, int to) => from + (int)Math.BigMul(Next(), (ulong)(to - (long)from + 1), out _);

    /// <summary>A number from 0 up to, but not, 1.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True in so many cases of a hundred.</summary>
    public bool Chance(int percent) => Number(1, 100) <= percent;

    /// <summary>A time span of whole seconds.</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to) => TimeSpan.FromSeconds(Number((int)from.TotalSeconds, (int)to.TotalSeconds));

    /// <summary>A moment within so much time after another.</summary>
    public DateTimeOffset Moment(DateTimeOffset from, TimeSpan most) =>
        from + TimeSpan.FromMilliseconds(Number(0, (int)most.TotalMilliseconds));

    /// <summary>One of these.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Number(0, items.Count - 1)];

    /// <summary>One of these, each as often as its weight says.</summary>
    public T Pick<T>(IReadOnlyList<(int Weight, T Item)> items)
    {
        var total = 0;
        foreach (var (weight, _) in items)
        {
            total += weight;
        }
        var left = Number(1, total);
        var index = 0;
        while ((left -= items[index].Weight) > 0)
        {
            index++;
        }
        return items[index].Item;
    }

    /// <summary>This text with a digit for each <c>#</c>.</summary>
    public string Digits(string pattern) =>
        string.Create(
            pattern.Length,
            (pattern, Random: this),
            static (text, given) =>
            {
                for (var index = 0; index < text.Length; index++)
                {
                    text[index] = given.pattern[index] is '#' ? (char)('0' + given.Random.Number(0, 9)) : given.pattern[index];
                }
            }
        );

    /// <summary>A key of version 7 for a row of this time (RFC 9562, 5.7).</summary>
    public Guid Id(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)at.ToUnixTimeMilliseconds() << 16) | 0x7000 | (Next() & 0x0FFF));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], 1UL << 63 | Next() >> 2);
        return new Guid(bytes, bigEndian: true);
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
        return bits ^ bits >> 31;
    }
}
