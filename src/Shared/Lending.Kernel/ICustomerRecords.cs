namespace Lending.Kernel;

/// <summary>
/// What a module stores about a customer, for the copy that a person may ask for (GDPR, Art. 15 and 20). Each module with rows of customers has one: a
/// test looks for the one that lacks it.
/// </summary>
public interface ICustomerRecords
{
    /// <summary>The member of the copy, such as <c>loanOffers</c>.</summary>
    string Name { get; }

    /// <summary>All that is stored, as it is written into the copy, without what would let somebody in; null for nothing.</summary>
    Task<object?> ReadAsync(Guid customerId, CancellationToken ct);

    /// <summary>The documents that belong to it, in the language that the reader likes best of those there are.</summary>
    IAsyncEnumerable<CustomerFile> ReadFilesAsync(Guid customerId, string? acceptLanguage, CancellationToken ct) =>
        AsyncEnumerable.Empty<CustomerFile>();
}

/// <summary>A document of a customer.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Content">What is in it.</param>
public sealed record CustomerFile(string Name, ReadOnlyMemory<byte> Content);
