using OpenLedger.Engine.Tensors;
using OpenLedger.Engine.Training;

namespace OpenLedger.Engine.Tests.Training;

/// <summary>Rates of 30 steps as transformers' own Trainer used them.</summary>
public class LearningRateScheduleTests
{
    [Theory]
    [InlineData("adamw-constant", ScheduleKind.Constant, 0)]
    [InlineData("constant-with-warmup5", ScheduleKind.Constant, 5)]
    [InlineData("linear", ScheduleKind.Linear, 0)]
    [InlineData("linear-warmup5", ScheduleKind.Linear, 5)]
    [InlineData("cosine-warmup5", ScheduleKind.Cosine, 5)]
    public void Rates_equal_those_of_transformers(string run, ScheduleKind kind, int warmup)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Fixture.Path($"peft/training/trajectories/{run}.safetensors"));
        float[] expected = file.ReadFloats("lr"); // [30 steps, 2 groups]
        LearningRateSchedule schedule = new(kind, 5e-3, warmup, 30);
        for (int step = 0; step < 30; step++) Assert.Equal(expected[2 * step], schedule.At(step), 1e-9);
    }
}
