using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
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

    internal sealed class HastySlice(TimeProvider clock) : EndpointWithoutRequest
    {
        public override void Configure() => Get($"hasty-{clock.GetTimestamp()}");
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

    internal sealed class UnclassifiedDbContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Pet>(pet =>
            {
                pet.Property<string>("Password").IsSecret();
                pet.ComplexProperty(row => row.Home);
                pet.ComplexProperty(row => row.CreatedBy);
                pet.ComplexProperty(row => row.Vet, vet => vet.ToJson());
                pet.OwnsMany(row => row.Toys, toys => toys.ToJson());
            });
    }

    internal sealed class Pet
    {
        public Guid Id { get; init; }

        [Personal]
        public string Name { get; init; } = "";

        [Secret]
        public byte[] Chip { get; init; } = [];

        [NotPersonal]
        public string Kind { get; init; } = "";

        [Personal]
        public decimal Weight { get; init; }

        public int Legs { get; init; }

        public DateOnly? Birthday { get; init; }

        public string[] Nicknames { get; init; } = [];

        public Home Home { get; init; } = new();

        public Vet Vet { get; init; } = new();

        public List<Toy> Toys { get; init; } = [];

        public UserReference CreatedBy { get; init; } = UserReference.System;
    }

    internal sealed class Home
    {
        public string Street { get; init; } = "";
    }

    internal sealed class Vet
    {
        public string Name { get; init; } = "";
    }

    internal sealed class Toy
    {
        public string Name { get; init; } = "";
    }
}
