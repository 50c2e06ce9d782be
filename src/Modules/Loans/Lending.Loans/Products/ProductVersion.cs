using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Loans.Products;

/// <summary>What a product laid down from some time on. Never changed: offers refer to it.</summary>
internal sealed class ProductVersion : ITenantOwned, IListed
{
    private ProductVersion() { }

    public ProductVersion(int number, ProductContent content, UserReference by, DateTimeOffset now)
    {
        Id = Guid.CreateVersion7(now);
        Number = number;
        Content = content;
        CreatedBy = by;
        CreatedAt = now;
    }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    public Guid ProductId { get; private init; }

    public LoanProduct Product { get; private init; } = null!;

    /// <summary>1, 2, …</summary>
    public int Number { get; private init; }

    [NotPersonal]
    public ProductContent Content { get; private init; } = null!;

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }
}
