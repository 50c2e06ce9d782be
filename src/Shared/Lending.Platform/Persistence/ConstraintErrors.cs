using Lending.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Platform.Persistence;

/// <summary>The error that a caller gets when a write breaks the named database constraint.</summary>
public sealed record ConstraintError(string Constraint, Error Error);

/// <summary>Registration of what broken constraints mean.</summary>
public static class ConstraintErrorExtensions
{
    /// <summary>Says what it means when a write breaks this constraint, so that no slice has to catch it.</summary>
    public static IServiceCollection AddConstraintError(this IServiceCollection services, string constraint, Error error) =>
        services.AddSingleton(new ConstraintError(constraint, error));
}
