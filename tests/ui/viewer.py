# SPDX-License-Identifier: LGPL-2.1-or-later
"""A viewer who has the accessibility tree of the player, a keyboard, and nothing else."""
import os
import re
import signal
import subprocess
import sys
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

STEP_S = 20
NOTHING = ('', '')
CLASS = re.compile(r'\b(Gtk|Adw|Lec)[A-Z]')
State = Atspi.StateType


def role_of(node):
    """at-spi 2.54 and newer have other words for buttons; choices in a menu, and windows, are of one kind here."""
    return re.sub('^push |^toggle |^check (?=menu)|^radio (?=menu)', '', node.get_role_name()).replace('dialog', 'frame')


def walk(node):
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


class Viewer:
    """Starts @player, and takes pictures into @folder under names that begin with @name."""

    def __init__(self, player, folder, name, **environment):
        self.folder = folder
        self.name = name
        self.said = []  # by the alert, first to last
        self.children = []
        self.focused = None  # as events have it
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register('object:property-change:accessible-name')
        self.listener.register('object:state-changed:focused')
        # what it points at would be lit, or explained
        subprocess.run(['xdotool', 'mousemove', '9999', '9999'], check=True)
        self.start(player, **environment)
        self.wait('there is no window', lambda: self.find('frame', '^Lectern$'))
        self.window = subprocess.check_output(['xdotool', 'search', '--sync', '--onlyvisible', '--class', 'lectern'], text=True).split()[0]
        self.look_at_window()

    # ---- what is started ----

    def start(self, *command, **environment):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ, **environment))
        self.children.append(child)
        return child

    def end(self, child):
        child.terminate()
        child.wait()
        self.children.remove(child)

    def leave(self):
        self.listener.deregister('object:property-change:accessible-name')
        self.listener.deregister('object:state-changed:focused')
        for child in reversed(self.children):
            child.terminate()
            child.send_signal(signal.SIGCONT)  # who is stopped does not hear the other one
        for child in self.children:
            child.wait()

    # ---- what there is ----

    def hear(self, event):
        try:
            if event.type.endswith('focused'):
                self.focused = event.source if event.detail1 else self.focused
            elif event.source.get_role() == Atspi.Role.ALERT and event.any_data:
                self.said.append(event.any_data)
        except GLib.Error:
            pass  # it has gone by now, which an alert never does

    def listen(self):
        while GLib.MainContext.default().iteration(False):
            pass

    def application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_name() == 'lectern':
                return child
        return None

    def shown(self):
        """Role, name and node of all that has a name or takes the focus."""
        found = []
        try:
            for node in walk(self.application()):
                if node.get_name() or node.get_state_set().contains(State.FOCUSABLE):
                    found.append((role_of(node), node.get_name(), node))
        except (GLib.Error, AttributeError):
            pass  # it changes while it is read: whoever waits looks again
        return found

    def find_all(self, role, pattern):
        return [node for its_role, name, node in self.shown() if its_role == role and re.search(pattern, name)]

    def find(self, role, pattern):
        return next(iter(self.find_all(role, pattern)), None)

    def has(self, role, pattern, state):
        node = self.find(role, pattern)
        return node is not None and node.get_state_set().contains(state)

    def focus(self):
        """Role and name of what has the focus."""
        self.listen()
        for node in [self.focused] if self.focused else [node for _, _, node in self.shown()]:
            try:
                if node.get_state_set().contains(State.FOCUSED):
                    return role_of(node), node.get_name()
            except GLib.Error:
                pass
        self.focused = None
        return NOTHING

    # ---- what is expected ----

    def fail(self, sentence):
        print(f'failed: {self.name}: {sentence}')
        print('\n'.join(f'  {role} {name!r}' for role, name, _ in self.shown()))
        print(f'  focus: {self.focus()}, said: {self.said}')
        self.photograph('failed')
        sys.exit(1)

    def wait(self, sentence, condition):
        end = time.monotonic() + STEP_S
        while time.monotonic() < end:
            self.listen()
            result = condition()
            if result:
                return result
            time.sleep(0.05)
        return self.fail(sentence)

    def wait_said(self, sentence, since=0):
        self.wait(f'not said: {sentence}', lambda: any(re.search(sentence, said) for said in self.said[since:]))

    def check_names(self, step):
        """Nothing has the name of a class, a mnemonic or its name twice; what takes the focus has a name."""
        for role, name, node in self.shown():
            if CLASS.search(name):
                self.fail(f'{step}: a {role} is called {name!r}')
            # where the focus scrolls, or chooses among named rows, a name is of no use
            if role in ('scroll pane', 'list') or not node.get_state_set().contains(State.FOCUSABLE):
                continue
            if not name or '_' in name.replace('Page_', ''):  # as keys are called
                self.fail(f'{step}: a {role} is called {name!r}')
            words = name.split()
            if len(words) > 1 and words[:len(words) // 2] == words[len(words) // 2:]:
                self.fail(f'{step}: a {role} is called twice: {name!r}')

    def check_widths(self, step, width):
        """All that takes the focus lies in a window of this width."""
        for role, name, node in self.shown():
            if node.get_state_set().contains(State.FOCUSABLE):
                extents = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
                if extents.width > 0 and extents.x + extents.width > width:
                    self.fail(f'{step}: the {role} {name!r} ends at {extents.x + extents.width}')

    def photograph(self, step):
        subprocess.run(['import', '-window', 'root', os.path.join(self.folder, f'{self.name}-{step}.png')], check=True)

    # ---- what is done ----

    def press(self, *keys):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)

    def activate(self, role, pattern):
        """The last of those that are called so: an inner button is behind its outer one."""
        nodes = self.find_all(role, pattern)
        if not nodes:
            self.fail(f'there is no {role} {pattern}')
        Atspi.Action.do_action(nodes[-1], 0)

    def type(self, text):
        subprocess.run(['xdotool', 'type', text], check=True)

    def open(self, location):
        """By its file name or address, which is typed."""
        self.press('ctrl+l')
        self.wait('no address can be typed', lambda: self.focus() == ('text', 'Address of a channel'))
        self.press('ctrl+a')
        self.type(location)
        self.press('Return')

    def look_at_window(self):
        """Nobody manages windows here: the focus goes back to this one by hand."""
        subprocess.run(['xdotool', 'windowfocus', self.window], check=True)

    def resize(self, width, height):
        subprocess.run(['xdotool', 'windowsize', '--sync', self.window, str(width), str(height)], check=True)

    def tab(self):
        before = self.focus()
        self.press('Tab')
        return self.wait(f'Tab does not leave {before}', lambda: self.focus() not in (before, NOTHING) and self.focus())

    def walk_focus(self):
        """The stops of Tab, once round."""
        stops = [self.tab()]
        while len(stops) < 40:
            stop = self.tab()
            if stop == stops[0]:
                return stops
            stops.append(stop)
        return self.fail(f'Tab does not come round: {stops}')

    def open_and_close(self, keys, frame):
        """A window that a key opens and Escape closes, and after which the focus is where it was."""
        before = self.focus()
        self.press(keys)
        self.wait(f'{keys} opens no {frame}', lambda: self.find('frame', f'^{frame}$'))
        self.wait(f'nothing has the focus in {frame}', lambda: self.focus() not in (before, NOTHING))
        self.check_names(frame)
        self.photograph(frame.lower().replace(' ', '-'))
        self.press('Escape')
        self.wait(f'{frame} does not close', lambda: not self.find('frame', f'^{frame}$'))
        self.look_at_window()
        self.focused = None
        self.wait(f'the focus is lost after {frame}', lambda: self.focus() == before)

    def search(self, word):
        """The list has only what was looked for, and the first of it plays."""
        self.press('ctrl+f')
        self.wait('the search has no focus', lambda: self.has('entry', '^Search channels$', State.FOCUSED))
        self.press('ctrl+a')
        self.type(word)
        self.wait(f'the list is not searched for {word}',
                  lambda: [name for role, name, _ in self.shown() if role == 'list item' and word not in name.lower()] == []
                  and self.find('list item', f'(?i){word}'))
        self.press('Return')
