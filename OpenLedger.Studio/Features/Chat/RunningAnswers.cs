using System.Collections.Concurrent;
using OpenLedger.Engine.Adapters;

namespace OpenLedger.Studio.Features.Chat;

/// <summary>All answers that are being written. The server owns them: a page that is closed stops none, a page that is opened finds them. Knows no model.</summary>
public sealed class RunningAnswers(AnswerQuestion answer, KeepMessage messages, IHostApplicationLifetime lifetime, ILogger<RunningAnswers> log)
{
    private readonly ConcurrentDictionary<string, RunningAnswer> _running = new(StringComparer.Ordinal);

    /// <summary>An answer of this chat began or ended: on another thread, so be short.</summary>
    public event Action<string>? Changed;

    public RunningAnswer? Find(string messageId) => _running.GetValueOrDefault(messageId);

    public int CountOf(ChatAsker asker) => _running.Values.Count(running => running.Asker.Key == asker.Key);

    public void Start(RunningAnswer running)
    {
        _running[running.MessageId] = running;
        Changed?.Invoke(running.ChatId);
        _ = Task.Run(() => RunAsync(running));
    }

    // Where all that can go wrong ends: the message says so, and nothing was charged.
    private async Task RunAsync(RunningAnswer running)
    {
        try
        {
            await answer.RunAsync(running, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            messages.Fail(running, "The Studio was stopped while it answered. Nothing was charged: ask again.");
        }
        catch (AdapterException unfit)
        {
            log.LogWarning(unfit, "The model of answer {Message} cannot be read", running.MessageId);
            messages.Fail(running, $"This model cannot answer: {unfit.Message}. Nothing was charged: choose another model.");
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Answer {Message} of chat {Chat} failed", running.MessageId, running.ChatId);
            messages.Fail(running, "Something went wrong here, and the Studio's log has it. Nothing was charged: ask again.");
        }
        finally
        {
            _running.TryRemove(running.MessageId, out _);
            Changed?.Invoke(running.ChatId);
        }
    }
}
