using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.EntityFrameworkCore;

namespace Lending.Host.Tests.Architecture;

/// <summary>What the rules are there to find.</summary>
internal static class BadSamples
{
    internal class OpenClass;

    internal sealed class Heir : OpenClass;

    internal sealed class UsedSlice : EndpointWithoutRequest
    {
        public static string Route => "used";

        public override void Configure() => Get(Route);
    }

    internal sealed class UsingSlice : EndpointWithoutRequest
    {
        public override void Configure() => Get(UsedSlice.Route);
    }

    internal sealed record Sample;

    internal sealed record ForgetfulPatch : IPatchable
    {
        public required string Name { get; init; }

        public string? Note { get; init; }
    }

    internal sealed record ForgetfulResponse
    {
        public string? Note { get; init; }

        internal sealed class Mapping : IRegister
        {
            public void Register(TypeAdapterConfig config) => config.NewConfig<Sample, ForgetfulResponse>();
        }
    }

    internal sealed class ValidatorWithState(Caller caller) : Validator<Sample>
    {
        public Guid OrganizationId => caller.OrganizationId;
    }

    internal sealed class UnmigratedDbContext(DbContextOptions options) : ModuleDbContext(options, "samples")
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity("Sample").Property<Guid>("Id");
            base.OnModelCreating(modelBuilder);
        }
    }
}
