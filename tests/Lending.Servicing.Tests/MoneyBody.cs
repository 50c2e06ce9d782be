namespace Lending.Servicing.Tests;

/// <summary>What is sent for money that moved: a tranche, a payment.</summary>
internal record MoneyBody(Guid EventId, string EffectiveOn, decimal Amount);
