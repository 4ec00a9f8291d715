#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Includes run one way: says which file of which room reaches what it must not.

  layers.py ROOT     checks the sources below ROOT
  layers.py          checks that it would notice: on a small tree made up to be wrong

A room may include the rooms that its rule names. What it includes is followed through headers of
ours, so a header that is allowed does not bring in what is forbidden. Within a room no two files
include each other, by whatever detour."""
import os
import re
import sys
import tempfile

GST = r'gst/.*'
SOCKETS = r'(gio/.*|glib-unix\.h|sys/socket\.h|sys/epoll\.h|netinet/.*|net/if.*|linux/.*|ifaddrs\.h|poll\.h|pthread\.h|time\.h)'
GTK = r'(gtk|gdk|graphene|adwaita)\b.*'
JSON = r'json-glib/.*'
SOUP = r'libsoup/.*'
SDP = r'gst/(sdp/.*|gst\.h)'  # GstSDPMessage, whose header needs GStreamer's own

# ROOM: the rooms, or single headers, of ours that it may use, and system headers that it may not.
# What a room may use, it may use through others as well.
RULES = {
    'src/channel': ([], [GST, SOCKETS, GTK, JSON, SOUP]),
    'src/wire': (['channel'], [GST, SOCKETS, GTK, JSON, SOUP]),
    'src/announce': (['channel', 'wire/reader.h', 'wire/asf-header.h', 'wire/asf-packet.h'], [GST, SOCKETS, GTK, JSON, SOUP]),
    'src/report': (['channel', 'wire'], [GST, SOCKETS, GTK, JSON, SOUP]),
    # a datagram is read into the packet that leaves at the other end
    'src/net': (['channel', 'wire/packet.h', 'wire/reader.h', 'wire/units.h'], [GST, GTK, JSON, SOUP]),
    'src/receive': (['channel', 'wire', 'net', 'report'], [GST, GTK, JSON, SOUP]),
    'src/discovery': (['channel', 'announce', 'wire/reader.h', 'wire/packet.h', 'net'], [GST, GTK, JSON, SOUP]),
    'src/fetch': (['channel', 'announce', 'wire/reader.h', 'wire/packet.h', 'wire/wms-framer.h', 'net'], [GST, GTK, JSON]),
    'src/element': (['channel', 'wire', 'net', 'announce', 'receive', 'report', 'fetch'], [GTK, JSON, SOUP]),
    'src/play': (['channel', 'wire/cea608.h', 'wire/dvb-subtitles.h', 'wire/teletext.h', 'wire/format.h', 'wire/stats.h', 'wire/ts-stats.h', 'wire/ts-codec.h', 'wire/ts-packet.h', 'wire/picture-reader.h', 'wire/picture.h', 'wire/nal.h', 'wire/h264.h', 'wire/h265.h', 'wire/packet.h', 'wire/digest.h', 'wire/t140.h', 'wire/asf-commands.h', 'wire/asf-script.h', 'wire/asf-header.h', 'wire/asf-packet.h', 'wire/asf-rewriter.h', 'wire/asf-rtp.h', 'wire/wms-framer.h', 'wire/units.h',
                  'announce', 'report', 'fetch',
                  'net/output-file.h'], [GTK, JSON, SOUP]),
    'src/cast': (['channel', 'announce', 'discovery', 'net', 'wire/packet.h', 'wire/big-endian.h', 'wire/reader.h', 'wire/asf-field.h', 'wire/asf-header.h', 'wire/asf-packet.h', 'wire/msb.h', 'wire/rtcp.h', 'wire/xor.h'], [GTK, JSON, SOUP]),
    'ui': (['channel', 'wire/stats.h', 'wire/ts-stats.h', 'discovery', 'announce', 'report', 'play'], [GST, JSON, SOUP]),
}

# FILE: system headers that it may include all the same, and why
EXCEPTIONS = {
    'ui/video-sink.c': GST,             # turns frames into textures
    'ui/video-sink.h': GST,
    'src/announce/inflate.c': 'gio/gio.h',  # zlib through GIO
    'src/announce/sdp-*': SDP,          # GstSDPMessage
    'src/announce/sdp.c': SDP,
}

# ROOM: words that its sources must not contain
WORDS = {
    'src/wire': r'\bg_random_|\bg_rand_new *\(|\bg_get_(monotonic|real)_time\b|\bclock_gettime\b|\bg_(message|warning|debug|info)\b',
    'src/channel': r'\bg_random_|\bg_get_(monotonic|real)_time\b|\bg_(message|warning|debug|info)\b',
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.M)


class Tree:
    def __init__(self, root):
        self.root = root
        self.texts = {}
        for room in RULES:
            folder = os.path.join(root, room)
            for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
                if name.endswith(('.c', '.h')):
                    path = os.path.join(room, name)
                    with open(os.path.join(root, path), encoding='utf-8') as file:
                        self.texts[path] = file.read()

    def find(self, name):
        """The file of ours that an include names, or None."""
        for path in (os.path.join('src', name), name):
            if path in self.texts or (name.startswith('app/') and os.path.exists(os.path.join(self.root, path))):
                return path
        return None

    def includes(self, path):
        return INCLUDE.findall(self.texts.get(path, ''))

    def reached(self, path):
        """Each (include, way to it) that the file leads to, through headers of ours."""
        seen, queue = set(), [(name, [path]) for name in self.includes(path)]
        while queue:
            name, way = queue.pop(0)
            if name in seen:
                continue
            seen.add(name)
            yield name, way
            ours = self.find(name)
            if ours:
                queue += [(more, way + [ours]) for more in self.includes(ours)]


def room_of(path):
    return os.path.dirname(path)


def matches(path, table):
    for pattern, headers in table.items():
        if re.fullmatch(pattern.replace('.', r'\.').replace('*', '.*'), path):
            return headers
    return None


def may_use(room, ours):
    if room_of(ours) == room:
        return True
    name = ours.removeprefix('src/')
    return any(name == allowed or name.startswith(allowed + '/') for allowed in RULES[room][0])


def check_includes(tree, path):
    room = room_of(path)
    for name, way in tree.reached(path):
        through = ' through ' + ' and '.join(way[1:]) if len(way) > 1 else ''
        ours = tree.find(name)
        if ours:
            if not may_use(room, ours):
                yield f'{path}: {room} must not include {name}{through}'
        elif any(re.fullmatch(never, name) for never in RULES[room][1]):
            # an exception is for who wrote it, and for who includes that on purpose
            if not any(re.fullmatch(matches(file, EXCEPTIONS) or '(?!)', name) for file in way):
                yield f'{path}: {room} must not include {name}{through}'


def check_words(tree, path):
    pattern = WORDS.get(room_of(path))
    for number, line in enumerate(tree.texts[path].splitlines(), 1):
        if pattern and re.search(pattern, line):
            yield f'{path}:{number}: not in {room_of(path)}: {line.strip()}'


def units_of(tree):
    """A header, what of it is private to its room, and their source: what one includes, all need.

    What is named after a unit, X-actions, and includes its private header, X-private.h, is a part of it.
    """
    units = {path: os.path.splitext(path)[0].removesuffix('-private') for path in tree.texts}
    parts = {}
    for path, unit in units.items():
        for ours in filter(None, map(tree.find, tree.includes(path))):
            if ours in units and ours.endswith('-private.h') and unit.startswith(units[ours] + '-'):
                parts[unit] = units[ours]
    return {path: parts.get(unit, unit) for path, unit in units.items()}


def check_circles(tree):
    units = units_of(tree)
    needs = {}
    for path, unit in units.items():
        for name in tree.includes(path):
            ours = tree.find(name)
            if ours in units and units[ours] != unit:
                needs.setdefault(unit, set()).add(units[ours])
    done = set()

    def visit(unit, way):
        if unit in way:
            yield 'a circle: ' + ' -> '.join(way[way.index(unit):] + [unit])
        elif unit not in done:
            for more in sorted(needs.get(unit, ())):
                yield from visit(more, way + [unit])
            done.add(unit)

    for unit in sorted(needs):
        yield from visit(unit, [])


def check(root):
    tree = Tree(root)
    complaints = []
    for folder in sorted(os.listdir(os.path.join(root, 'src'))):
        # a folder without a rule would be one that nobody watches
        if os.path.isdir(os.path.join(root, 'src', folder)) and 'src/' + folder not in RULES:
            complaints.append(f'src/{folder} has no rule in tests/layers.py')
    for path in tree.texts:
        complaints += check_includes(tree, path)
        complaints += check_words(tree, path)
    return complaints + list(check_circles(tree))


def complaints_of(files):
    with tempfile.TemporaryDirectory() as root:
        os.makedirs(os.path.join(root, 'src'))
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), 'w', encoding='utf-8') as file:
                file.write(text)
        return check(root)


HOUSE = {path: '#include <glib.h>\n' for path in (
    'src/channel/channel.h', 'src/wire/session.h', 'src/wire/reader.h', 'src/announce/sdp.h', 'src/net/socket.h',
    'src/report/report.h', 'src/receive/receiver.h', 'src/discovery/discovery.h', 'src/fetch/fetch.h', 'src/element/channelsrc.h',
    'src/play/player.h', 'src/cast/station.h', 'ui/video-sink.h', 'app/tune.h')}

WRONG = [
    ('src/channel/x.c', '"wire/session.h"'), ('src/channel/x.c', '<gio/gio.h>'),
    ('src/wire/x.c', '<gio/gio.h>'), ('src/wire/x.c', '<sys/socket.h>'), ('src/wire/x.h', '<gst/gst.h>'),
    ('src/wire/x.c', '"announce/sdp.h"'),
    ('src/report/x.c', '"receive/receiver.h"'), ('src/report/x.c', '<gio/gio.h>'), ('src/report/x.c', '<gst/gst.h>'),
    ('src/announce/x.c', '"net/socket.h"'), ('src/announce/x.c', '"wire/session.h"'),
    ('src/announce/x.c', '<gst/gst.h>'), ('src/announce/x.c', '<gst/sdp/gstsdpmessage.h>'),
    ('src/net/x.c', '"receive/receiver.h"'), ('src/net/x.c', '"wire/session.h"'), ('src/net/x.c', '<gst/gst.h>'),
    ('src/receive/x.c', '"fetch/fetch.h"'), ('src/receive/x.c', '"announce/sdp.h"'),
    ('src/receive/x.c', '<gst/gst.h>'), ('src/receive/x.c', '<gtk/gtk.h>'),
    ('src/discovery/x.c', '"receive/receiver.h"'), ('src/discovery/x.c', '<libsoup/soup.h>'),
    ('src/fetch/x.c', '"receive/receiver.h"'), ('src/fetch/x.c', '"element/channelsrc.h"'),
    ('src/element/x.c', '"discovery/discovery.h"'), ('src/element/x.c', '"play/player.h"'),
    ('src/play/x.c', '"receive/receiver.h"'), ('src/play/x.c', '"element/channelsrc.h"'),
    ('src/play/x.c', '"net/socket.h"'), ('src/cast/x.c', '"play/player.h"'),
    ('ui/x.c', '"wire/session.h"'), ('ui/x.c', '<gst/gst.h>'), ('ui/x.c', '"app/tune.h"'),
    ('ui/x.c', '"receive/receiver.h"'),
]
RIGHT = [
    ('ui/video-sink.c', '<gst/gst.h>'), ('ui/x.c', '"play/player.h"'), ('src/announce/sdp.c', '<gst/sdp/gstsdpmessage.h>'),
    ('src/announce/x.c', '"wire/reader.h"'), ('src/net/x.c', '<gio/gio.h>'), ('src/wire/x.c', '"channel/channel.h"'),
    ('src/fetch/x.c', '<libsoup/soup.h>'), ('src/element/x.c', '"receive/receiver.h"'),
]
# what an allowed header brings with it, words, circles and folders that nobody knows
SPECIAL = [
    {'src/discovery/discovery.h': '#include "net/socket.h"\n', 'src/net/socket.h': '', 'ui/x.c': '#include "discovery/discovery.h"\n'},
    {'src/play/player.h': '#include <gst/gst.h>\n', 'ui/x.c': '#include "play/player.h"\n'},
    {'src/wire/x.c': 'gint64 now = g_get_monotonic_time ();\n'},
    {'src/wire/x.c': 'guint32 seed = g_random_int ();\n'}, {'src/wire/x.c': 'GRand *rng = g_rand_new ();\n'},
    {'src/wire/a.h': '#include "wire/b.h"\n', 'src/wire/b.c': '#include "wire/a.h"\n', 'src/wire/b.h': ''},
    {'src/wire/a.h': '#include "wire/a-b.h"\n', 'src/wire/a-b.c': '#include "wire/a.h"\n', 'src/wire/a-b.h': ''},
    {'src/lan/x.h': ''},
]
PARTS = {'src/wire/a.c': '#include "wire/a-b.h"\n', 'src/wire/a.h': '', 'src/wire/a-private.h': '#include "wire/a.h"\n',
         'src/wire/a-b.c': '#include "wire/a-private.h"\n', 'src/wire/a-b.h': '#include "wire/a.h"\n'}


def check_itself():
    missed = []
    for path, include in WRONG:
        if not complaints_of({**HOUSE, path: f'#include {include}\n'}):
            missed.append(f'not noticed: {path} with #include {include}')
    for path, include in RIGHT:
        missed += complaints_of({**HOUSE, path: f'#include {include}\n'})
    missed += complaints_of({**HOUSE, **PARTS})
    for files in SPECIAL:
        if not complaints_of({**HOUSE, **files}):
            missed.append(f'not noticed: {files}')
    return missed


found = check(sys.argv[1]) if len(sys.argv) > 1 else check_itself()
print('\n'.join(found))
sys.exit(bool(found))
