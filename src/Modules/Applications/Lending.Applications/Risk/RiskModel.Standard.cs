using static Lending.Applications.Risk.RiskSignal;

namespace Lending.Applications.Risk;

internal sealed partial record RiskModel
{
    /// <summary>What counts today. It is made up, and calibrated with nothing: labels of reviews tell how good it is.</summary>
    public static RiskModel Standard { get; } =
        new()
        {
            Version = "risk-2026-1",
            CodeFrom = 0.3m,
            ReviewFrom = 0.7m,
            Methods =
            [
                new(
                    RiskMethod.Rules,
                    0.8m,
                    [
                        new(PhoneOfOthers, new(1, 0.5m), new(3, 0.9m)),
                        new(EmailDisposable, new RiskStep(1, 0.8m)),
                        new(EmailOfStaff, new RiskStep(1, 0.9m)),
                    ]
                ),
                new(
                    RiskMethod.Velocity,
                    0.6m,
                    [
                        new(AddressHour, new(5, 0.3m), new(10, 0.7m)),
                        new(AddressDay, new(10, 0.3m), new(30, 0.7m)),
                        new(AddressMonth, new(50, 0.3m), new(200, 0.7m)),
                        new(DeviceHour, new(3, 0.4m), new(6, 0.8m)),
                        new(DeviceDay, new(5, 0.4m), new(10, 0.8m)),
                        new(DeviceMonth, new(10, 0.4m), new(30, 0.8m)),
                        new(PhoneHour, new(3, 0.4m), new(6, 0.8m)),
                        new(PhoneDay, new(4, 0.4m), new(8, 0.8m)),
                        new(PhoneMonth, new(6, 0.4m), new(12, 0.8m)),
                        new(HomeHour, new(4, 0.3m), new(8, 0.6m)),
                        new(HomeDay, new(6, 0.3m), new(12, 0.6m)),
                        new(HomeMonth, new(15, 0.3m), new(40, 0.6m)),
                        new(StarterHour, new(20, 0.3m), new(50, 0.7m)),
                        new(StarterDay, new(80, 0.3m), new(200, 0.7m)),
                        new(StarterMonth, new RiskStep(800, 0.3m)),
                    ]
                ),
                new(
                    RiskMethod.Behaviour,
                    0.5m,
                    [
                        new(FormFast, new(1, 0.3m), new(4, 0.7m)),
                        new(KeysEven, new(0.9m, 0.5m), new(0.98m, 0.8m)),
                        new(FieldsPasted, new(0.8m, 0.3m), new(1, 0.5m)),
                        new(HoneypotFilled, new RiskStep(1, 0.95m)),
                        new(NoFocus, new RiskStep(1, 0.6m)),
                        new(Night, new RiskStep(1, 0.1m)),
                    ]
                ),
                new(
                    RiskMethod.Device,
                    0.6m,
                    [
                        new(DeviceOfOthers, new(2, 0.3m), new(3, 0.6m), new(5, 0.9m)),
                        new(Automated, new RiskStep(1, 0.9m)),
                        new(TimeZoneFar, new(3, 0.2m), new(6, 0.4m)),
                        new(LanguageDiffers, new RiskStep(1, 0.3m)),
                        new(SystemDiffers, new RiskStep(1, 0.7m)),
                    ]
                ),
                new(
                    RiskMethod.Network,
                    0.5m,
                    [
                        new(StarterDeclined, new(0.3m, 0.2m), new(0.5m, 0.4m)),
                        new(StarterWithdrawn, new(0.2m, 0.2m), new(0.4m, 0.5m)),
                        new(StarterDuplicates, new(0.1m, 0.4m), new(0.3m, 0.7m)),
                        new(StarterFraud, new(1, 0.5m), new(3, 0.9m)),
                    ]
                ),
            ],
        };
}
