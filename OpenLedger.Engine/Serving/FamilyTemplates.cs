using OpenLedger.Engine.Tokenization;

namespace OpenLedger.Engine.Serving;

/// <summary>How to talk to a checkpoint that brings no chat template: by the turn marks that its vocabulary knows, else by its family's custom, else in plain words.</summary>
internal static class FamilyTemplates
{
    private const string Turns = "{% for message in messages %}";

    /// <summary>ChatML, which most vocabularies with turn marks follow.</summary>
    public const string ChatMl = Turns + "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private const string LlamaThree = "{{ bos_token or '' }}" + Turns + "{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n' + message['content'] | trim + '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}";

    private const string Gemma = "{{ bos_token or '' }}" + Turns + "{{ '<start_of_turn>' + ('model' if message['role'] == 'assistant' else 'user') + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}";

    private const string Glm = "{{ '[gMASK]<sop>' }}" + Turns + "{{ '<|' + message['role'] + '|>\n' + message['content'] }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}";

    // ChatGLM3's own (tokenizer_config.json of chatglm3-6b): a line for what role and tool, then the words, and no line end behind the last mark.
    private const string GlmThree = Turns + "{% if loop.first %}{{ '[gMASK]sop' }}{% endif %}{{ '<|' + message['role'] + '|>\n ' + message['content'] }}{% endfor %}{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    // ChatGLM2's own (build_prompt in tokenization_chatglm.py): numbered rounds.
    private const string GlmTwo = "{{ '[gMASK]sop' }}{% set round = namespace(number=0) %}" + Turns + "{% if message['role'] == 'user' %}{% set round.number = round.number + 1 %}{{ '[Round ' ~ round.number ~ ']\n\n问：' + message['content'] + '\n\n答：' }}{% else %}{{ message['content'] + '\n\n' }}{% endif %}{% endfor %}";

    private const string Instruction = "{{ bos_token or '' }}" + Turns + "{% if message['role'] == 'assistant' %}{{ ' ' + message['content'] | trim + (eos_token or '') }}{% else %}{{ '[INST] ' + message['content'] | trim + ' [/INST]' }}{% endif %}{% endfor %}";

    /// <summary>For those that were never told of turns: the question and the answer by name. A line that begins the next question ends the answer.</summary>
    private const string Plain = "{{ bos_token or '' }}" + Turns + "{% if message['role'] == 'assistant' %}{{ ' ' + message['content'] | trim + (eos_token or '') + '\n\n' }}{% elif message['role'] == 'system' %}{{ message['content'] | trim + '\n\n' }}{% else %}{{ 'User: ' + message['content'] | trim + '\n\nAssistant:' }}{% endif %}{% endfor %}";

    private static readonly (string Mark, string Template)[] ByMark = [("<|im_start|>", ChatMl), ("<|start_header_id|>", LlamaThree), ("<start_of_turn>", Gemma), ("<sop>", Glm)];

    /// <summary>The template, and the texts that end an answer where no token does.</summary>
    public static (string Template, IReadOnlyList<string> StopTexts) For(string? family, Tokenizer tokenizer)
    {
        foreach ((string mark, string template) in ByMark)
            if (tokenizer.TokenId(mark) is not null) return (template, []);
        if (tokenizer.TokenId("sop") is not null && tokenizer.TokenId("[gMASK]") is not null) return (tokenizer.TokenId("<|observation|>") is null ? GlmTwo : GlmThree, []);
        return family is "llama" or "mistral" or "mixtral" && tokenizer.TokenId("[INST]") is not null ? (Instruction, []) : (Plain, ["\nUser:"]);
    }
}
