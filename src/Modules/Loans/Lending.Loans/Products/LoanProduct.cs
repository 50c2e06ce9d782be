using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;

namespace Lending.Loans.Products;

/// <summary>What an organisation lends: a name, and versions of what it lays down, of which the last is current.</summary>
internal sealed class LoanProduct : ITenantOwned, IListed
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaximumNameLength = 200;

    private readonly List<ProductVersion> versions = [];

    private LoanProduct() { }

    public Guid Id { get; private init; }

    public Guid OrganizationId { get; private init; }

    [NotPersonal]
    public string Name { get; private set; } = null!;

    /// <summary>The form in which names are compared: no two products of an organisation differ in case only.</summary>
    [NotPersonal]
    public string NormalizedName { get; private set; } = null!;

    /// <summary>Whether anybody who knows the id gets quotes, and not only the organisation's staff.</summary>
    public bool IsPublic { get; private set; }

    /// <summary>Whether it is out of use: still read, but no longer quoted nor offered.</summary>
    public bool Retired { get; private set; }

    /// <summary>The current version's currency.</summary>
    [NotPersonal]
    public string Currency { get; private set; } = null!;

    /// <summary>The number of the current version; those before it are 1, 2, … without gaps.</summary>
    public int CurrentVersion { get; private set; }

    public UserReference CreatedBy { get; private init; } = null!;

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Changes with every write; see <see cref="Platform.Http.ETags"/>.</summary>
    public uint RowVersion { get; private init; }

    /// <summary>The versions that were made since the product was loaded.</summary>
    public IReadOnlyList<ProductVersion> Versions => versions;

    /// <summary>Makes a product with its first version, of a validated request.</summary>
    public static LoanProduct Create(ProductRequest request, UserReference by, DateTimeOffset now)
    {
        var product = new LoanProduct
        {
            Id = Guid.CreateVersion7(now),
            CreatedBy = by,
            CreatedAt = now,
        };
        product.Describe(request, now);
        product.AddVersion(request.ToContent(), by, now);
        return product;
    }

    /// <summary>Makes the product what a validated request says: a new version where its content differs from the current one's, nothing where nothing does.</summary>
    /// <returns>The content of the version that is current now.</returns>
    public ProductContent Change(ProductRequest request, ProductContent current, UserReference by, DateTimeOffset now)
    {
        var content = request.ToContent();
        var isSameContent = content.IsSameAs(current);
        if (isSameContent && Name == request.Name!.Trim() && IsPublic == request.IsPublic && Retired == request.Retired)
        {
            return current;
        }
        Describe(request, now);
        if (isSameContent)
        {
            return current;
        }
        AddVersion(content, by, now);
        return content;
    }

    private void Describe(ProductRequest request, DateTimeOffset now)
    {
        Name = request.Name!.Trim();
        NormalizedName = Name.Normalize().ToUpperInvariant();
        IsPublic = request.IsPublic;
        Retired = request.Retired;
        UpdatedAt = now;
    }

    private void AddVersion(ProductContent content, UserReference by, DateTimeOffset now)
    {
        CurrentVersion++;
        Currency = content.Currency;
        versions.Add(new ProductVersion(CurrentVersion, content, by, now));
    }
}
