using BenchmarkDotNet.Attributes;
using Lending.Platform.Encryption;
using Microsoft.Extensions.Options;

namespace Lending.Benchmarks;

/// <summary>What an encrypted value costs: a line of an address, a document of 1,500 characters, and the hash by which a line is found.</summary>
public class EncryptionBenchmarks
{
    private static readonly EncryptedColumn Column = new("customers.customers", "address_line1");
    private static readonly Guid Row = new("01900000-0000-7000-8000-000000000001");
    private static readonly string Line = "Sonnenallee 12, 3. Stock";
    private static readonly string Document = new('x', 1500);

    private static readonly KeyRing Ring = new(
        Options.Create(new EncryptionOptions { Keys = { ["bench"] = EncryptionOptions.NewKey() }, SearchKey = EncryptionOptions.NewKey() })
    );

    private readonly byte[] line = Ring.Encrypt(Column, Row, Line);
    private readonly byte[] document = Ring.Encrypt(Column, Row, Document);

    [Benchmark]
    public string Decrypt_a_line() => Ring.Decrypt(Column, Row, line);

    [Benchmark]
    public byte[] Encrypt_a_line() => Ring.Encrypt(Column, Row, Line);

    [Benchmark]
    public string Decrypt_a_document() => Ring.Decrypt(Column, Row, document);

    [Benchmark]
    public byte[] Encrypt_a_document() => Ring.Encrypt(Column, Row, Document);

    [Benchmark]
    public byte[] Hash_a_line() => Ring.SearchHash(Column, Line);
}
