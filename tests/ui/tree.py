#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Uses the player as somebody does who does not see it: by its accessibility tree and the keyboard.

  tree.py SCREENSHOTS PLAYER STATION

Two stations are on the network. The list is searched, a channel plays, another one follows, the signal
panel comes and goes, the window becomes narrow; text has half again its size all the time. At each step
every control has a name that a person would give it. Pictures of the steps are left in SCREENSHOTS."""
import os
import re
import subprocess
import sys
import time

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib

STEP_S = 20
CLASS = re.compile(r'\b(Gtk|Adw|Lec)[A-Z]')

screenshots, player, station = sys.argv[1:]
said = []  # by the alert, first to last
children = []


def hear(event):
    try:
        if event.source.get_role() == Atspi.Role.ALERT:
            said.append(event.any_data)
    except GLib.Error:
        pass  # it has gone by now, which an alert never does


def fail(sentence):
    print(f'failed: {sentence}')
    print('\n'.join(f'  {role} {name!r}' for role, name, _ in shown()))
    print(f'  said: {said}')
    sys.exit(1)


def walk(node):
    yield node
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


def application():
    desktop = Atspi.get_desktop(0)
    for i in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(i)
        if child is not None and child.get_name() == 'lectern':
            return child
    return None


def shown():
    """Role, name and node of all that has a name or takes the focus."""
    found = []
    try:
        for node in walk(application()):
            focusable = node.get_state_set().contains(Atspi.StateType.FOCUSABLE)
            if node.get_name() or focusable:
                found.append((node.get_role_name(), node.get_name(), node))
    except (GLib.Error, AttributeError):
        pass  # it changes while it is read: whoever waits looks again
    return found


def find(role, pattern):
    for its_role, name, node in shown():
        if its_role == role and re.search(pattern, name):
            return node
    return None


def wait(sentence, condition):
    end = time.monotonic() + STEP_S
    while time.monotonic() < end:
        while GLib.MainContext.default().iteration(False):
            pass
        result = condition()
        if result:
            return result
        time.sleep(0.05)
    fail(sentence)


def check_names(step):
    for role, name, node in shown():
        # where the focus scrolls, a name is of no use
        if role == 'scroll pane' or not node.get_state_set().contains(Atspi.StateType.FOCUSABLE):
            continue
        if not name or CLASS.search(name) or '_' in name:
            fail(f'{step}: a {role} is called {name!r}')
        words = name.split()
        if len(words) > 1 and words[:len(words) // 2] == words[len(words) // 2:]:
            fail(f'{step}: a {role} is called twice: {name!r}')


def photograph(step):
    subprocess.run(['import', '-window', 'root', os.path.join(screenshots, f'tree-{step}.png')], check=True)


def press(*keys):
    subprocess.run(['xdotool', 'key', '--clearmodifiers', *keys], check=True)


def start(*command):
    children.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))


def search(word):
    """The list has only what was looked for, and the cursor stands in the search."""
    press('ctrl+f')
    wait('the search has no focus', lambda: find('entry', '^Search channels$').get_state_set().contains(Atspi.StateType.FOCUSED))
    press('ctrl+a')
    subprocess.run(['xdotool', 'type', word], check=True)
    wait(f'the list is not searched for {word}',
         lambda: [name for role, name, _ in shown() if role == 'list item' and word not in name.lower()] == [] and find('list item', f'(?i){word}'))
    press('Return')


def run():
    listener = Atspi.EventListener.new(hear)
    listener.register('object:property-change:accessible-name')

    start(player)
    wait('there is no window', lambda: find('frame', '^Lectern$'))
    window = subprocess.check_output(['xdotool', 'search', '--sync', '--onlyvisible', '--class', 'lectern'], text=True).split()[0]
    subprocess.run(['xdotool', 'windowfocus', window], check=True)
    check_names('empty')
    photograph('empty')
    if find('push button', '^(Try Again|Play)$'):
        fail('buttons of pages that are not shown are there')
    if find('push button', '^Hide signal panel$'):
        fail('the signal panel is there before it is shown')

    for title in ('Hall one', 'Hall two'):
        start(station, '--test', '--announce', '--interface', 'left', '--title', title)
    for title in ('Hall one', 'Hall two'):
        wait(f'{title} is not in the list', lambda: find('list item', f'^{title}, On now'))
    check_names('list')

    search('two')
    wait('Hall two does not play', lambda: find('frame', '^Hall two$') and find('image', '^Main picture'))
    wait('that it plays is not said', lambda: 'Playing: Hall two' in said)
    check_names('playing')
    photograph('playing')

    search('one')
    wait('Hall one does not play', lambda: find('frame', '^Hall one$') and find('list item', '^Hall one, On now, playing'))
    wait('that the other one plays is not said', lambda: 'Playing: Hall one' in said)

    find('push button', '^Signal').get_action_iface().do_action(0)
    wait('the signal panel does not come', lambda: find('push button', '^Hide signal panel$'))
    check_names('signal')
    photograph('signal')
    press('ctrl+i')
    wait('the signal panel does not go', lambda: not find('push button', '^Hide signal panel$'))

    subprocess.run(['xdotool', 'windowsize', '--sync', window, '360', '640'], check=True)
    wait('the controls are not there in a narrow window', lambda: find('push button', '^Stop$'))
    check_names('narrow')
    photograph('narrow')


try:
    run()
finally:
    for child in reversed(children):
        child.terminate()
    for child in children:
        child.wait()
