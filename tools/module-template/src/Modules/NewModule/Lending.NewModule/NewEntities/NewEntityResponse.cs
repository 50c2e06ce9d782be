using Mapster;

namespace Lending.NewModule.NewEntities;

/// <summary>One of the organisation's new entities.</summary>
internal sealed record NewEntityResponse
{
    /// <summary>The id.</summary>
    /// <example>0199c4a8-5d1e-7c3b-9a54-3f1f6f0c2b11</example>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>The first one</example>
    public required string Name { get; init; }

    /// <summary>When it was created.</summary>
    /// <example>2026-11-02T09:30:00Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<NewEntity, NewEntityResponse>();
    }
}
