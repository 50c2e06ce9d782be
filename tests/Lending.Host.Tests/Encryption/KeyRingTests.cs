using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lending.Platform.Encryption;
using Microsoft.Extensions.Options;

namespace Lending.Host.Tests.Encryption;

/// <summary>A value can be read in its place, with its key, as it was written; in no other way.</summary>
public sealed class KeyRingTests
{
    private const string Text = "+49 711 1234567, Straße 12";

    private static readonly EncryptedColumn Phone = new("customers.customers", "phone_number");
    private static readonly Guid Row = new("0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a10");
    private static readonly string First = EncryptionOptions.NewKey();
    private static readonly string Second = EncryptionOptions.NewKey();
    private static readonly string Search = EncryptionOptions.NewKey();

    private readonly KeyRing ring = RingOf(("first", First));

    [Theory]
    [InlineData("")]
    [InlineData(Text)]
    [InlineData("a text of several\nlines, 한국어 and \ud83d\ude00")]
    public void What_was_encrypted_is_read_again(string text) => ring.Decrypt(Phone, Row, ring.Encrypt(Phone, Row, text)).ShouldBe(text);

    [Fact]
    public void A_long_text_is_read_again()
    {
        var text = string.Concat(Enumerable.Repeat(Text, 10_000));

        ring.Decrypt(Phone, Row, ring.Encrypt(Phone, Row, text)).ShouldBe(text);
    }

    [Fact]
    public void Nothing_of_the_text_is_to_be_seen_and_the_same_text_never_looks_the_same()
    {
        var values = Enumerable.Range(0, 1000).Select(_ => ring.Encrypt(Phone, Row, Text)).ToList();

        values.Select(Convert.ToHexString).Distinct().Count().ShouldBe(1000);
        values[0][..7].ShouldBe([1, 5, .. "first"u8]);
        values
            .Select(value => Convert.ToHexString(value, 7, 12))
            .Distinct()
            .Count()
            .ShouldBe(1000, "a nonce that comes twice gives the key away");
        values.ShouldAllBe(value => value.Length == 7 + 12 + Encoding.UTF8.GetByteCount(Text) + 16);
        values.ShouldAllBe(value => !Encoding.Latin1.GetString(value).Contains("711", StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_bit_is_changed_it_cannot_be_read()
    {
        var value = ring.Encrypt(Phone, Row, Text);
        for (var bit = 0; bit < value.Length * 8; bit++)
        {
            var changed = value.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Should.Throw<CryptographicException>(() => ring.Decrypt(Phone, Row, changed), $"bit {bit}");
        }
        for (var length = 0; length < value.Length; length++)
        {
            Should.Throw<CryptographicException>(() => ring.Decrypt(Phone, Row, value.AsSpan(0, length)), $"the first {length} bytes");
        }
        Should.Throw<CryptographicException>(() => ring.Decrypt(Phone, Row, [.. value, 0]));
    }

    [Fact]
    public void In_another_row_column_or_table_it_cannot_be_read()
    {
        var value = ring.Encrypt(Phone, Row, Text);

        foreach (
            var (column, row) in ((EncryptedColumn, Guid)[])
                [
                    (Phone, new Guid("0199f3a0-6c1e-7a55-8d0c-3f2b9e4d7a11")),
                    (new EncryptedColumn("customers.customers", "address_line1"), Row),
                    (new EncryptedColumn("loans.customers", "phone_number"), Row),
                ]
        )
        {
            Should
                .Throw<CryptographicException>(() => ring.Decrypt(column, row, value))
                .Message.ShouldBe($"{column} of row {row} cannot be decrypted: it was changed, or stood elsewhere when it was encrypted.");
        }
        ring.Decrypt(new EncryptedColumn("customers.customers", "phone_number"), Row, value).ShouldBe(Text);
    }

    [Fact]
    public void An_old_key_still_reads_and_the_active_one_writes()
    {
        var value = ring.Encrypt(Phone, Row, Text);
        var both = RingOf(active: "Second", ("FIRST", First), ("second", Second));

        both.Decrypt(Phone, Row, value).ShouldBe(Text);
        both.ActiveKey.ShouldBe("second");
        var written = both.Encrypt(Phone, Row, Text);
        RingOf(("second", Second)).Decrypt(Phone, Row, written).ShouldBe(Text);
        Should.Throw<CryptographicException>(() => ring.Decrypt(Phone, Row, written)).Message.ShouldContain("the key 'second'");
    }

    [Fact]
    public void Another_key_of_the_same_name_reads_nothing() =>
        Should.Throw<CryptographicException>(() => RingOf(("first", Second)).Decrypt(Phone, Row, ring.Encrypt(Phone, Row, Text)));

    [Fact]
    public void What_stands_there_in_clear_is_not_taken_for_an_encrypted_value()
    {
        Should.Throw<CryptographicException>(() => ring.Decrypt(Phone, Row, Encoding.UTF8.GetBytes(Text)));
        Should.Throw<CryptographicException>(() => ring.Decrypt(Phone, Row, [0, .. Encoding.UTF8.GetBytes(Text)]));
    }

    [Fact]
    public void Searched_hashes_are_the_same_for_the_same_text_of_a_column_and_key()
    {
        var hash = ring.SearchHash(Phone, "Ada@Example.org");

        ring.SearchHash(Phone, "ada@example.ORG").ShouldBe(hash);
        // Letters with the accent as a sign of its own, and one that has two small forms.
        ring.SearchHash(Phone, "Zoe\u0308@u\u0308mlaut.example").ShouldBe(ring.SearchHash(Phone, "ZO\u00cb@\u00fcmlaut.EXAMPLE"));
        ring.SearchHash(Phone, "\u03c2@example.org").ShouldBe(ring.SearchHash(Phone, "\u03c3@example.org"));
        RingOf(("second", Second)).SearchHash(Phone, "ada@example.org").ShouldBe(hash, "the keys of values are others");
        ring.SearchHash(Phone, "ada@example.com").ShouldNotBe(hash);
        ring.SearchHash(new EncryptedColumn("customers.customers", "email"), "ada@example.org").ShouldNotBe(hash);
        new KeyRing(Options.Create(new EncryptionOptions { Keys = { ["first"] = First }, SearchKey = Second }))
            .SearchHash(Phone, "ada@example.org")
            .ShouldNotBe(hash);
    }

    [Fact]
    public void Many_threads_encrypt_and_decrypt_at_once() =>
        Parallel.For(0, 20_000, number => ring.Decrypt(Phone, Row, ring.Encrypt(Phone, Row, $"{number}")).ShouldBe($"{number}"));

    [Fact]
    public void Whatever_writes_an_encrypted_member_out_writes_no_text()
    {
        Encrypted phone = Text;

        $"{phone}".ShouldBe("(encrypted)");
        JsonSerializer.Serialize(new { phone }).ShouldBe("""{"phone":"(encrypted)"}""");
        phone.Text.ShouldBe(Text);
        phone.ShouldBe(new Encrypted(Text));
        phone.ShouldNotBe(new Encrypted("other"));
    }

    private static KeyRing RingOf((string Name, string Key) key) => RingOf(key.Name, key);

    private static KeyRing RingOf(string active, params (string Name, string Key)[] keys)
    {
        var options = new EncryptionOptions { ActiveKey = active, SearchKey = Search };
        foreach (var (name, key) in keys)
        {
            options.Keys.Add(name, key);
        }
        options.Validate(new(options)).ShouldBeEmpty();
        return new KeyRing(Options.Create(options));
    }
}
