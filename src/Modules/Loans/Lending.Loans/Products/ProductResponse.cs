using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Lending.Kernel;

namespace Lending.Loans.Products;

/// <summary>A loan product with what its current version lays down. All amounts are in <c>currency</c>.</summary>
internal sealed record ProductResponse : ProductDetails
{
    /// <summary>What is read of a current version to answer its product.</summary>
    public static readonly Expression<Func<ProductVersion, ProductResponse>> Projection = version => From(version.Product, version.Content);

    [SetsRequiredMembers]
    private ProductResponse(LoanProduct product, ProductContent content)
        : base(content)
    {
        Id = product.Id;
        Name = product.Name;
        IsPublic = product.IsPublic;
        Retired = product.Retired;
        Version = product.CurrentVersion;
        CreatedBy = product.CreatedBy;
        CreatedAt = product.CreatedAt;
        UpdatedAt = product.UpdatedAt;
        RowVersion = product.RowVersion;
    }

    /// <summary>The product's id.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>Solar Classic</example>
    public required string Name { get; init; }

    /// <summary>Whether anybody who knows the id gets quotes.</summary>
    /// <example>false</example>
    public required bool IsPublic { get; init; }

    /// <summary>Whether it is out of use: still readable, but neither quoted nor offered.</summary>
    /// <example>false</example>
    public required bool Retired { get; init; }

    /// <summary>The number of the current version: 1 for the first.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>Who made the product.</summary>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When the product was made.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the product was last changed.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version, which goes into the entity tag.</summary>
    [JsonIgnore]
    public uint RowVersion { get; }

    /// <summary>The answer for a product whose current version has this content.</summary>
    public static ProductResponse From(LoanProduct product, ProductContent content) => new(product, content);
}

/// <summary>What a product laid down from some time on; never changes.</summary>
internal sealed record ProductVersionResponse : ProductDetails
{
    /// <summary>What is read of a version to answer it.</summary>
    public static readonly Expression<Func<ProductVersion, ProductVersionResponse>> Projection = version => new ProductVersionResponse(
        version
    );

    [SetsRequiredMembers]
    private ProductVersionResponse(ProductVersion version)
        : base(version.Content)
    {
        Id = version.Id;
        Version = version.Number;
        CreatedBy = version.CreatedBy;
        CreatedAt = version.CreatedAt;
    }

    /// <summary>The number of the version: 1 for the first.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>Who made the version.</summary>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When the version was made.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The row's id, by which equally old versions are told apart.</summary>
    [JsonIgnore]
    public Guid Id { get; }
}
