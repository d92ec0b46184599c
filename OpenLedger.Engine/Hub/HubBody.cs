namespace OpenLedger.Engine.Hub;

/// <summary>The body of an answer: read in parts, watched for slowness, bounded by whoever reads it. Knows nothing of what it means.</summary>
internal sealed class HubBody(HttpResponseMessage response, SlowGuard guard, Uri hub, CancellationToken cancel) : IAsyncDisposable
{
    private Stream? _stream;

    /// <summary>The next bytes; 0 at the end.</summary>
    /// <exception cref="HubException">The connection was cut or fell silent.</exception>
    public async Task<int> ReadAsync(Memory<byte> into)
    {
        try
        {
            _stream ??= await response.Content.ReadAsStreamAsync(guard.Token);
            int read = await _stream.ReadAsync(into, guard.Token);
            guard.Brought(read);
            return read;
        }
        catch (OperationCanceledException slow) when (!cancel.IsCancellationRequested)
        {
            throw new HubException(HubFault.Unreachable, $"{hub.Authority} fell silent in the middle of a file.", slow);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new HubException(HubFault.Unreachable, $"The connection to {hub.Authority} was cut in the middle of a file.", broken);
        }
    }

    /// <summary>All of it.</summary>
    /// <exception cref="HubException">It is longer than allowed.</exception>
    public async Task<byte[]> ReadAllAsync(int most)
    {
        using MemoryStream whole = new();
        byte[] part = new byte[64 * 1024];
        for (int read; (read = await ReadAsync(part)) > 0;)
        {
            if (whole.Length + read > most) throw new HubException(HubFault.WrongContent, $"An answer of {hub.Authority} is longer than {most} bytes and was not read to its end.");
            whole.Write(part, 0, read);
        }
        return whole.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is not null) await _stream.DisposeAsync();
    }
}
