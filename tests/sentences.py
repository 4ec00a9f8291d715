#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What a person reads can be translated: says which sentences of src, app and ui are not marked.

  sentences.py ROOT     checks the sources below ROOT, and that each translation is complete
  sentences.py          checks that it would notice: on pieces made up to be wrong

It reads C as a list of tokens and knows, for each string, the call and the initialiser that it stands
in. Anywhere, two words in a row are a sentence. Where text is shown (printed, an error, an option, a
label, or a table that one of these takes its words from), a single word is one too. What only
developers or programs read is told from the call that takes it."""
import os
import re
import subprocess
import sys
import tempfile

# FILE: what of it reads like a sentence and is none, and why
EXCEPTIONS = {
    'src/report/report-text.c': r'.',  # for whoever is asked for help, whose language nobody knows
    'src/report/firewall.c': '^(icmpv6 type mld-listener-query|ip protocol igmp)$',  # parts of a command
    'src/play/diagnosis-of.c': r'^Lectern %s, ',  # likewise: versions
    'src/announce/sdp-identity.c': '^sdp %',   # a key, by which a channel is known again
    'src/discovery/dns-sd.c': '^dns-sd %',     # likewise
    'src/announce/sdp-stream.c': '^(raptorfec|x-wms-rtx)$',  # names of encodings
    'src/fetch/rtsp-answer.c': '^no RTSP$',    # its code becomes a sentence, in server-refusal.c
    'src/fetch/rtsp-auth.c': '^(Authorization: |, )',  # what a server is told
    'src/fetch/rtsp-connection.c': '^(not taken|closed|no RTSP|no answer|501 .*)$',  # both of these
    'src/fetch/rtsp-session.c': '^Session: ',
    'src/fetch/rtsp-setup.c': '^(closed$|Transport: |Session: )',
}

# as po/meson.build has them, with meson's preset for GLib
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3', 'say', 'step']
MARKS = {'_', 'N_', 'C_', 'NC_', 'Q_', 'ngettext', 'g_dngettext', 'dngettext', 'g_dgettext', 'g_dpgettext2'}

# What these take is for people, each word of it.
SHOWN = re.compile(
    r'g_print(err)?|printf|fprintf|puts|fputs|g_application_command_line_print(err)?|g_option_context_(new|set_\w+)'
    r'|g_set_error(_literal)?|g_error_new(_literal)?|g_prefix_error(_literal)?'
    r'|gtk_(\w+_)?(label_new|button_new_with_label|set_(text|label|title|subtitle|tooltip_text|placeholder_text|markup))'
    r'|adw_(\w+_)?set_(title|subtitle|description|heading|body)'
    r'|(\w+_)?(error|refuse|refusal|complain|complaint|unreachable|tell|told|say|warn|warning|notice|fail)')
SHOWN_NOT = re.compile(r'g_(warning|error|clear_error|propagate_error|assert_\w+|test_\w+)|gst_\w+|(\w+_)?(dup|get|is|has)_\w+')
# These put text together: a word beside what is filled in is part of a sentence.
FORMATS = re.compile(r'g_strdup_v?printf|g_string_(append_)?v?printf|g_snprintf|g_strconcat|g_strjoin')
# What these take is for developers, or for programs.
NOT_FOR_PEOPLE = re.compile(
    r'g_(warning|critical|debug|message|info|log)(_once)?'
    r'|g_(return|assert|test|quark|signal|object|param_spec|regex|variant|settings|type|environ)_?\w*|g_getenv|g_setenv'
    r'|G_STATIC_ASSERT|GST_\w+|G_(DEFINE|GNUC|DEPRECATED)\w*|gst_\w+|json_\w+|soup_\w+|(gtk_widget_class|g_object_class)_\w+'
    r'|g_(str|ascii|strcmp)_?\w*(cmp|cmp0|equal|has_prefix|has_suffix)\w*|g_strstr_len|g_strsplit\w*|g_utf8_str\w+'
    r'|strstr|strchr|strrchr|strcmp|strncmp|strspn|strcspn|strpbrk|memcmp|sscanf|fopen|g_fopen|g_build_filename')
# Tables of these types likewise.
TYPES_NOT_FOR_PEOPLE = {'GEnumValue', 'GFlagsValue', 'GDebugKey', 'GActionEntry', 'GstStaticCaps', 'GstStaticPadTemplate'}

STRING = r'"(?:[^"\\\n]|\\.)*"'
TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*|#[ \t]*include[^\n]*|\\\n|' + STRING + r"|'(?:[^'\\\n]|\\.)+'|[A-Za-z_]\w*|\n|[^\s]", re.S)
PLACEHOLDER = re.compile(r'%(?:\d+\$)?[-+ 0#\'I]*(?:\*(?:\d+\$)?|\d+)?(?:\.(?:\*(?:\d+\$)?|\d+)?)?[hlLqjzt]*[a-zA-Z%]|\{[a-z-]+\}')
ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]+|.)')
PROGRAM = re.compile(r'^lectern(-[a-z]+)?( |: )')  # as it stands before what a program says
CODE = re.compile(r'^\s*([a-z]=|[<#/^]|\{(?![a-z])|[a-z]+/[-+.\w]+\b|@|(nft insert|ufw allow|%s -I INPUT) )|\S \| \S| ! ')
PUNCTUATION = '“”‘’"\'().,;:!?…–—-'


def words_of(text):
    """The words of TEXT, with None for what is no word: numbers, code, what is filled in."""
    text = ESCAPE.sub(' ', PLACEHOLDER.sub(' \0 ', PROGRAM.sub('', text)))
    for token in text.split():
        bare = token.strip(PUNCTUATION)
        yield (bare if re.fullmatch(r"[A-Za-z](?:[A-Za-z’']|-(?=[A-Za-z]))+", bare) else None), token


def is_name(word):
    """RTP, FlexFEC: written alike in all languages."""
    return not re.fullmatch(r"[A-Za-z]?[a-z’'-]+", word)


def is_code(text, in_src):
    """Fields of a protocol, media types, pipelines, commands of a firewall; in src also two words in capitals, as NSC calls its fields."""
    if CODE.search(text):
        return True
    words = [word for word, _ in words_of(text)]
    return in_src and '%' not in text and None not in words and all(word[0].isupper() for word in words)


def is_sentence(text):
    last = None
    for word, token in words_of(text):
        if word and last and not (is_name(word) and is_name(last)):
            return True
        if word and not is_name(word) and re.search(r'[A-Za-z’][…!?]$', token):
            return True
        last = word if not (word and token[-1] in ':') else None
    return re.search(r'[a-z’]{2,} …', text) is not None


def is_piece(text):
    """A word, beside what is filled in."""
    if not PLACEHOLDER.search(text):
        return False
    spaced = PLACEHOLDER.sub('\0', PROGRAM.sub('', text))
    return any(not is_name(word) for match in re.findall(r"\b([A-Za-z’-]{2,})[:,;]? [“(]?\0|\0[”)]?,? ([A-Za-z’-]{2,})\b", spaced)
               for word in match if word)


def has_word(text):
    return any(word and not is_name(word) for word, _ in words_of(text))


class Frame:
    def __init__(self, bracket, name, types=(), variable=None):
        self.bracket, self.name, self.types, self.variable, self.index = bracket, name, types, variable, 0


def read_c(text):
    """Each string of TEXT: line, content, the frames that it is in, the token before it, macros inside of it."""
    line, frames, last, statement = 1, [], '', []
    pending = None
    for match in TOKEN.finditer(text):
        token = match.group()
        skipped = token == '\n' or token.startswith(('/*', '//', '\\\n', '#include', '# include')) or token.startswith('#') and 'include' in token
        if token.startswith('"'):
            if pending:
                pending[1] += token[1:-1]
            else:
                pending = [line, token[1:-1], list(frames), [frame.index for frame in frames], last, []]
        elif pending and re.fullmatch(r'G_\w+_(FORMAT|MODIFIER)|PRI\w+|LEC_[A-Z_]+', token):
            pending[5].append(token)
            pending[1] += 'd' if 'FORMAT' in token or token.startswith('PRI') else ''
        elif not skipped:
            if pending:
                yield pending
                pending = None
            if token == '(':
                frames.append(Frame('(', last if re.match(r'[A-Za-z_]', last) else None))
            elif token == '{':
                outer = frames[-1] if frames and frames[-1].bracket == '{' else None
                if '=' in statement:
                    names = [name for name in statement[:statement.index('=')] if re.match(r'[A-Za-z_]', name)]
                    frames.append(Frame('{', None, names[:-1], names[-1] if names else None))
                elif outer and outer.types:
                    frames.append(Frame('{', None, outer.types, outer.variable))
                else:
                    frames.append(Frame('{', None))
                statement = [] if not frames[-1].types else statement
            elif token in ')}' and frames:
                frames.pop()
                if not frames:
                    statement = []
            elif token == ',' and frames:
                frames[-1].index += 1
            elif token == ';' and not (frames and frames[-1].bracket == '('):
                statement = []
            else:
                statement.append(token)
            last = token
        line += token.count('\n')
        if match.end() < len(text) and text.startswith('\n}', match.end()):
            frames = frames[:1]  # GNU: what ends here in the first column is a function, whatever #if made of it
    if pending:
        yield pending


def find_shown_tables(text):
    """The variables that a call which shows text takes words from: g_print ("%s", words[i])."""
    tables = set()
    for match in re.finditer(r'\b(\w+) \(', text):
        if not SHOWN.fullmatch(match.group(1)) or SHOWN_NOT.fullmatch(match.group(1)):
            continue
        depth, end = 1, match.end()
        while end < len(text) and depth > 0:
            depth += {'(': 1, ')': -1}.get(text[end], 0)
            end += 1
        arguments = re.sub(STRING, '', text[match.end():end])
        tables.update(name for name in re.findall(r'(?<![\w.>] )(?<![\w.>])(\w+)\[', arguments))
    return tables


def judge(content, frames, indices, before, tables, printers, in_src):
    """Whether somebody reads it, without a mark."""
    calls = [(frame.name, index) for frame, index in zip(frames, indices) if frame.bracket == '(' and frame.name]
    braces = [(frame, index) for frame, index in zip(frames, indices) if frame.bracket == '{']
    table = braces[-1] if braces and braces[-1][0].types else None
    innermost, index = calls[-1] if calls else (None, 0)

    if innermost in MARKS and before in ('(', ','):
        return False
    if innermost and re.fullmatch(r'GST_ELEMENT_(ERROR|WARNING|INFO)\w*', innermost):
        return index == 3 and has_word(content)
    if any(NOT_FOR_PEOPLE.fullmatch(name) for name, _ in calls[-1:] + calls[:1]):
        return False
    if table and TYPES_NOT_FOR_PEOPLE & set(table[0].types):
        return False
    if is_code(content, in_src):
        return False
    if innermost == 'g_option_context_new' or table and 'GOptionEntry' in table[0].types and table[1] >= 5:
        return re.search(r'[A-Za-z]{2}', content) is not None
    if table and 'GOptionEntry' in table[0].types:
        return False
    if innermost in printers or innermost and SHOWN.fullmatch(innermost) and not SHOWN_NOT.fullmatch(innermost):
        return has_word(content)
    if table and table[0].variable in tables:
        return has_word(content)
    if innermost and FORMATS.fullmatch(innermost) and is_piece(content):
        return True
    return is_sentence(content)


def find_in_c(text, in_src=False):
    """Each (line, complaint) about a string."""
    tables = find_shown_tables(text)
    printers = set(re.findall(r'(\w+) \([^;{]*\) G_GNUC_PRINTF', text))
    for line, content, frames, indices, before, macros in read_c(text):
        calls = [frame.name for frame in frames if frame.bracket == '(' and frame.name]
        if calls and calls[-1] in MARKS and any(not macro.startswith('PRI') for macro in macros):
            yield line, f'xgettext does not know {macros[0]}: ', content
        elif judge(content, frames, indices, before, tables, printers, in_src):
            yield line, 'not marked for translation: ', content
    if 'g_option_context_new' in text and 'g_option_context_set_translation_domain' not in text:
        yield 1, 'options without a translation domain', ''


UI_TEXT = re.compile(r'<(property|attribute|item|row|col)\b([^>]*)>([^<]*)</\1>', re.S)
UI_NAMES = re.compile(r'name="((\w+-)*(label|title|subtitle|tooltip|tooltip-text|tooltip-markup|text|heading|body|description|markup|website-label'
                      r'|comments|copyright|translator-credits|program-name|application-name))"')


def find_in_ui(text):
    for match in UI_TEXT.finditer(text):
        kind, attributes, content = match.groups()
        named = UI_NAMES.search(attributes) or (kind == 'item' and 'name=' not in attributes)
        decided = re.search(r'translatable="(yes|no|1|true)"|name="accelerator"', attributes) or content in ('True', 'False')
        if not decided and (re.search(r'[A-Za-z]{2}', content) if named else is_sentence(content)):
            yield text.count('\n', 0, match.start(3)) + 1, 'not marked for translation: ', content.strip()


# Commands of scripts whose text is translated, see data/say.sh; those that print it as it is
SHELL_SAID = re.compile(r"\b(?:say|step) '([^']*)'")
SHELL_SHOWN = re.compile(r"""\b(?:echo|printf) (?:'([^']*)'|"((?:[^"\\]|\\.)*)")|<<'?(\w+)'?\n(.*?)\n\3\n""", re.S)


def find_in_shell(text):
    for match in SHELL_SHOWN.finditer(text):
        content = re.sub(r'\$\{?\w+(\[[@*]\])?\}?|\$\([^)]*\)', '%s', match.group(1) or match.group(2) or match.group(4) or '')
        if is_sentence(content) or is_piece(content):
            yield text.count('\n', 0, match.start()) + 1, 'not marked for translation: ', content.strip()


def check_file(root, path, listed):
    text = open(os.path.join(root, path), encoding='utf-8').read()
    exception = EXCEPTIONS.get(path)
    is_ui, is_shell = path.endswith('.ui'), path.endswith('.sh')
    pieces = find_in_ui(text) if is_ui else find_in_shell(text) if is_shell else find_in_c(text, path.startswith('src/'))
    for number, complaint, sentence in pieces:
        if not (exception and re.search(exception, sentence)):
            yield f'{path}:{number}: {complaint}{sentence[:90]}'
    marked = 'translatable="yes"' in text if is_ui else SHELL_SAID.search(text) if is_shell else re.search(r'\b([NC]?_|NC_|\w*ngettext) \(', text)
    if marked and path not in listed:
        yield f'{path}: has sentences, and is not in po/POTFILES'


def check_sources(root):
    listed = {line.strip() for line in open(os.path.join(root, 'po/POTFILES'), encoding='utf-8')}
    for top in ('src', 'app', 'ui'):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root)
                if name.endswith(('.c', '.h', '.ui', '.sh')):
                    yield from check_file(root, path, listed)
    for name in sorted(os.listdir(os.path.join(root, 'data'))):
        if name.endswith('.sh'):
            yield from check_file(root, 'data/' + name, listed)
        if name.endswith('.in') and 'data/' + name not in listed:
            yield f'data/{name}: has sentences, and is not in po/POTFILES'


def find_messages(text):
    """The (references, msgid) of each message of a .po file."""
    for block in text.split('\n\n'):
        quoted = re.search(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n?)+)', block, re.M)
        content = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', quoted.group(1))) if quoted else ''
        if content:
            yield re.findall(r'[^\s:]+(?=:\d)', ' '.join(re.findall(r'^#: (.*)$', block, re.M))), content


def check_names(language, text):
    """msgfmt compares what printf() fills in; {names} are ours."""
    for block in text.split('\n\n'):
        original, _, translation = re.sub(r'"\n"', '', block).partition('\nmsgstr')
        if '""' not in translation and set(re.findall(r'\{[a-z-]+\}', original)) != set(re.findall(r'\{[a-z-]+\}', translation)):
            yield f'po/{language}.po: other names than in: {original[original.find("msgid"):][:90]}'


def check_scripts(root, pot):
    """xgettext does not find a command everywhere that a shell does."""
    known = {message for _, message in find_messages(pot)}
    for line in open(os.path.join(root, 'po/POTFILES'), encoding='utf-8'):
        if line.strip().endswith('.sh'):
            for said in SHELL_SAID.findall(open(os.path.join(root, line.strip()), encoding='utf-8').read()):
                if said.replace('\n', '\\n').replace('"', '\\"') not in known:
                    yield f'{line.strip()}: xgettext does not find: {said[:90]}'


def check_translations(root):
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, 'lectern.pot')
        subprocess.run(
            ['xgettext', '--from-code=UTF-8', '--directory=' + root, '--files-from=' + os.path.join(root, 'po/POTFILES'),
             '--output=' + pot] + ['--keyword=' + keyword for keyword in KEYWORDS],
            check=True, stderr=subprocess.DEVNULL)
        yield from check_scripts(root, open(pot, encoding='utf-8').read())
        languages = open(os.path.join(root, 'po/LINGUAS'), encoding='utf-8').read().splitlines()
        for language in (line.strip() for line in languages if line.strip() and not line.startswith('#')):
            po, merged = os.path.join(root, 'po', language + '.po'), os.path.join(folder, language + '.po')
            subprocess.run(['msgmerge', '--quiet', '--no-fuzzy-matching', '--output-file=' + merged, po, pot], check=True)
            for what, option in (('not translated', '--untranslated'), ('fuzzy', '--only-fuzzy')):
                left = subprocess.run(['msgattrib', option, '--no-obsolete', merged], capture_output=True, text=True, check=True)
                for _, message in find_messages(left.stdout):
                    yield f'po/{language}.po: {what}: {message[:90]}'
            yield from check_names(language, open(po, encoding='utf-8').read())
            checked = subprocess.run(['msgfmt', '--check', '--output-file=/dev/null', po], capture_output=True, text=True)
            if checked.returncode != 0:
                yield checked.stderr.strip()


# FIXTURES: pieces of C, and whether a sentence of theirs lacks its mark
WRONG = r'''
tell (self, "The station has ended");
tell (self, "ended");
static const char *const words[] = { "Nothing arrives" };
g_set_error_literal (error, LEC_ERROR, 1, "Cannot join %s: " "no route");
g_set_error (error, LEC_ERROR, 1, "refused");
return g_strdup ("Opening …");
return ready ? "all is well" : NULL;
g_print ("note: %s\n", text);
g_print ("%s\n", found ? "yes" : "no");
g_print ("ended\n");
static const char *const states[] = { [0] = "now" }; void f (void) { g_print ("%s", states[i]); }
g_strdup_printf ("by %s", author);
g_strdup_printf ("%d packets", n);
g_string_append_printf (text, " from %s", source);
set_error (self, "join", error);
refuse (error, "%s", both ? "Either files or a test" : "Nothing");
static const GOptionEntry e[] = { { "for", 0, 0, G_OPTION_ARG_DOUBLE, &s, "Stop", "SECONDS" } };
static const GOptionEntry e[] = { { "for", 0, 0, G_OPTION_ARG_DOUBLE, &s, N_ ("Stop"), "SECONDS" } };
GST_ELEMENT_ERROR (self, RESOURCE, READ, ("Nothing arrives."), (NULL));
gtk_label_set_label (label, "Loss");
gtk_label_new ("Loss");
g_error_new (LEC_ERROR, 1, "%s is an address such as rtp://239.1.2.3:5004", text);
static const struct { const char *text; } rules[] = { { "the network lost packets" } };
#define HEADING "time  received  lost"
_ (many ? "some packets" : "one packet");
ngettext ("one packet", "%" G_GUINT64_FORMAT " packets", n);
g_option_context_new (NULL);
static const LecRule rules[] = { { always, "{late} of {all} packets came too late" } };
static void add (GPtrArray *line, const char *format, ...) G_GNUC_PRINTF (2, 3); void f (void) { add (line, "traceable"); }
'''
RIGHT = r'''
tell (self, _ ("The station has ended"));
static const char *const words[] = { N_ ("Nothing arrives") };
static const GOptionEntry e[] = { { "for", 0, 0, G_OPTION_ARG_DOUBLE, &s, N_ ("Stop"), N_ ("SECONDS") } };
static const GEnumValue values[] = { { 1, "The clock of the sender", "sender" } };
GST_DEBUG_OBJECT (self, "took a packet");
GST_ELEMENT_ERROR (self, RESOURCE, READ, ("%s", error->message), ("read of the socket failed"));
g_object_set (sink, "enable-last-sample", FALSE, NULL);
g_signal_connect (player, "notify::state", G_CALLBACK (state_cb), self);
static const struct { const char *signal; } signals[] = { { "notify::has-audio" } };
{ "win.open-file", { "<Control>o" } };
gtk_widget_class_set_css_name (class, "stage"); gtk_widget_add_css_class (box, "dim-label");
ngettext ("one packet lost", "%u packets lost", n);
ngettext ("one packet", "%" PRIu64 " packets", n);
/* "what was said" */
g_str_equal (name, "H264");
append (text, "a=source-filter: incl IN IP4 %s\r\n");
g_strdup_printf ("%s:%u", group, port);
g_strdup_printf ("%s · %s", media, encoding);
g_strdup_printf ("m=%s %u RTP/AVP", media, port);
g_print ("lectern-guide %s\n", version);
g_printerr ("lectern-guide: %s\n", error->message);
static const char *const schemes[] = { "ULP FEC", "FlexFEC" }; void f (void) { g_print ("%s", schemes[i]); }
g_file_get_contents ("/proc/net/igmp", &text, NULL, NULL);
return "network-cellular-signal-none-symbolic";
g_string_append (name, "#EXTINF:-1");
'''
UI_WRONG = r'''
<property name="label">Loss</property>
<property name="dropdown-tooltip">Open an address</property>
<property name="whatever">Open an address</property>
<attribute name="label">_Play</attribute>
<property name="title"
  >Channels</property>
<item>Video</item>
'''
SHELL_WRONG = ['echo "Opening $what"', "printf '%s failed\\n' \"$what\"", 'cat <<TEXT\nThis reads a file.\nTEXT\n']
SHELL_RIGHT = r'''
say 'Opening %s' "$what"
printf '  %s\n' "$package"
printf '  %s\n' "apt-get install ${missing[*]}"
echo
'''
UI_RIGHT = r'''
<property name="label" translatable="yes">Loss</property>
<property name="placeholder-text" translatable="no">rtp://239.1.2.3:5004</property>
<property name="icon-name">network-wired-symbolic</property>
<property name="input-hints">no-spellcheck|no-emoji</property>
<attribute name="action">win.open-file</attribute>
'''


def pieces_of(text):
    """A piece begins in the first column."""
    return re.split(r'\n(?! )', text.strip())


def check_itself():
    for pieces, find, wanted in ((WRONG, find_in_c, True), (RIGHT, find_in_c, False), (UI_WRONG, find_in_ui, True), (UI_RIGHT, find_in_ui, False),
                                 (SHELL_WRONG, find_in_shell, True), (SHELL_RIGHT, find_in_shell, False)):
        for piece in pieces_of(pieces) if isinstance(pieces, str) else pieces:
            found = list(find(piece))
            if wanted and not found:
                yield 'not noticed: ' + piece
            elif not wanted and found:
                yield f'refused: {piece}: {found[0][2]}'
    if list(find_in_c('{ "Network Buffer Time", set_buffer_time },', in_src=True)):
        yield 'refused: the name of a field'
    if not list(check_names('de', 'msgid "lost {lost}"\nmsgstr "verloren {all}"\n')):
        yield 'not noticed: another name in a translation'
    messages = list(find_messages('#: ui/a.c:1 src/b.c:22\nmsgid ""\n"two "\n"words"\nmsgstr ""\n\n#: x.c:1\nmsgid "one"\nmsgstr ""\n'))
    if messages != [(['ui/a.c', 'src/b.c'], 'two words'), (['x.c'], 'one')]:
        yield f'messages misread: {messages}'


if len(sys.argv) > 1:
    found = list(check_sources(sys.argv[1])) + list(check_translations(sys.argv[1]))
else:
    found = list(check_itself())
print('\n'.join(found))
sys.exit(bool(found))
