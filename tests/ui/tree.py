#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Uses the player as somebody does who does not see it: by its accessibility tree and the keyboard.

  tree.py SCREENSHOTS PLAYER STATION

Text has half again its size all the time, and everything is looked at in a narrow window at last.
Pictures of the steps are left in SCREENSHOTS, as tree-STEP.png."""
import os
import re
import signal
import sys
import tempfile

from viewer import Atspi, State, Viewer

HALLS = ('Hall one', 'Hall two')
NOBODY = '239.255.9.9:5004'
SIXTH = '[ff15::9]:5004'
screenshots, player, station = sys.argv[1:]


def start_page(viewer):
    """What a start offers, in the order in which Tab goes there, and dialogs that give the focus back."""
    viewer.check_names('start')
    viewer.photograph('start')
    if viewer.find('button', '^(Try Again|Play)$'):
        viewer.fail('buttons of pages that are not shown are there')
    if viewer.find('button', '^Hide signal panel$'):
        viewer.fail('the signal panel is there before it is shown')

    names = [name for _, name in viewer.walk_focus()]
    expected = ['Open File…', 'Channels', 'Open', 'Open an address', 'Signal', 'Main menu', 'Address of a channel']
    if names != expected:
        viewer.fail(f'Tab goes to {names}')

    viewer.open_and_close('ctrl+comma', 'Preferences')
    viewer.open_and_close('ctrl+question', 'Keyboard Shortcuts')

    viewer.press('F10')
    viewer.wait('the menu has no focus', lambda: viewer.focus() == ('menu item', 'Open File…'))
    viewer.check_names('menu')
    viewer.photograph('menu')
    viewer.press('Escape')
    viewer.wait('the menu keeps the focus', lambda: viewer.focus() == ('button', 'Main menu'))


def channels(viewer):
    """The list is searched and walked through; digits and Page Down change the channel, and each is said once."""
    for title in HALLS:
        viewer.start(station, '--test', '--announce', '--interface', 'left', '--title', title)
    for title in HALLS:
        viewer.wait(f'{title} is not in the list', lambda: viewer.find('list item', f'^{title}, On now'))
    viewer.check_names('list')

    viewer.search('two')
    viewer.wait('Hall two does not play', lambda: viewer.find('frame', '^Hall two$') and viewer.find('image', '^Main picture'))
    viewer.wait_said('^Playing: Hall two$')
    viewer.check_names('playing')
    viewer.photograph('playing')

    viewer.press('ctrl+a', 'BackSpace')
    viewer.wait('the search is not over', lambda: len(viewer.find_all('list item', '^Hall')) == 2)
    viewer.press('Down')
    viewer.wait('the list has no focus', lambda: viewer.focus()[0] == 'list item')
    rows = [stop for stop in viewer.walk_focus() if stop[0] == 'list item']
    if len(rows) != 1:
        viewer.fail(f'Tab stops at {rows}')

    for key, title in (('Page_Down', HALLS[0]), ('2', HALLS[1]), ('1', HALLS[0])):
        since = len(viewer.said)
        viewer.press(key)
        viewer.wait(f'{key} does not play {title}', lambda: viewer.find('list item', f'^{title}, On now, playing'))
        viewer.wait_said(f'^Playing: {title}$', since)
        said = [said for said in viewer.said[since:] if not said.startswith('Waiting')]
        if said != [f'Playing: {title}']:
            viewer.fail(f'{key}: {said}')

    since = len(viewer.said)
    viewer.press('ctrl+f', 'Down')
    viewer.wait('the list has no focus', lambda: viewer.focus()[0] == 'list item')
    viewer.press('End')
    viewer.wait('the list does not end', lambda: viewer.focus() == ('list item', 'Hall two, On now'))
    viewer.press('space')
    viewer.wait_said('^Playing: Hall two$', since)
    if viewer.focus()[0] != 'list item':
        viewer.fail('the list has lost the focus')
    viewer.press('Up', 'space')
    viewer.wait_said('^Playing: Hall one$', since)
    viewer.tab()


def places(viewer):
    """Where the pictures lie, by their names."""
    found = {}
    for node in viewer.find_all('image', 'picture of the channel$'):
        extents = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW)
        if extents.width > 0:
            found[node.get_name()] = (extents.x, extents.y, extents.width, extents.height)
    return found


def layouts(viewer):
    """The arrangement changes by key, the pictures change places, and one goes to a second screen and back."""
    seen = []
    for step in range(3):
        before = viewer.wait('there are no two pictures', lambda: len(places(viewer)) == 2 and places(viewer))
        viewer.press('l')
        seen.append(viewer.wait('L changes nothing', lambda: places(viewer) != before and places(viewer)))
        viewer.photograph(f'layout-{step + 1}')
    if seen[0] == seen[1]:
        viewer.fail(f'two arrangements are one: {seen}')

    viewer.press('d')
    viewer.wait('there is no second screen', lambda: viewer.find('frame', '^Second Screen$'))
    viewer.check_names('second screen')
    viewer.photograph('second-screen')
    viewer.look_at_window()
    viewer.press('d')
    viewer.wait('the second screen stays', lambda: not viewer.find('frame', '^Second Screen$'))
    viewer.wait('its picture does not come back', lambda: len(places(viewer)) == 2)


def doctor(viewer):
    """What is wrong is said when it becomes so, once; the panel has it to be read and copied."""
    frozen = viewer.children[-2]
    since = len(viewer.said)
    os.kill(frozen.pid, signal.SIGSTOP)
    viewer.wait_said('silent', since)
    viewer.wait('the seconds do not run', lambda: viewer.find('label', r'for ([6-9]|1\d) s\b'))
    if len([said for said in viewer.said[since:] if 'silent' in said]) != 1:
        viewer.fail('each second is said')
    viewer.photograph('silent')
    os.kill(frozen.pid, signal.SIGCONT)
    viewer.wait_said('^Playing: Hall one$', since)

    since = len(viewer.said)
    viewer.open(f'rtp://{NOBODY}')
    viewer.wait_said(f'Nothing arrives from {re.escape(NOBODY)}', since)
    viewer.wait('it cannot be read', lambda: viewer.find('label', f'Nothing arrives from {re.escape(NOBODY)}'))
    viewer.press('ctrl+i')
    viewer.wait('the signal panel does not come', lambda: viewer.find('button', '^Copy Report$'))
    viewer.check_names('signal')
    viewer.photograph('doctor')
    viewer.activate('button', '^Copy Report$')
    viewer.wait_said('(?i)copied', since)
    viewer.press('ctrl+i')
    viewer.wait('the signal panel does not go', lambda: not viewer.find('button', '^Hide signal panel$'))


def captions(viewer):
    """A file is opened by its name; what the station writes can be read, and turned off."""
    file = os.path.join(tempfile.mkdtemp(), 'lecture.nsc')
    viewer.start(station, '--test', '--interface', 'left', '--title', 'Captioned', '--write-nsc', file)
    viewer.wait('the station does not begin', lambda: os.path.exists(file))
    viewer.open(file)
    viewer.wait_said('^Playing: Captioned$')
    viewer.wait('there are no captions', lambda: viewer.find('label', '^This is slide|^When the lamp'))
    viewer.check_names('captions')
    viewer.photograph('captions')
    viewer.wait('there is no choice', lambda: viewer.find('button', '^Sound, Captions'))
    viewer.activate('button', '^Sound, Captions')
    viewer.wait('captions cannot be turned off', lambda: viewer.find('menu item', '^Off$'))
    viewer.check_names('choices')
    viewer.photograph('choices')
    viewer.activate('menu item', '^Off$')
    viewer.wait('captions stay', lambda: not viewer.find('label', '^This is slide|^When the lamp'))


def narrow(viewer):
    """All of it fits into a narrow window."""
    viewer.press('1')
    viewer.wait('Hall one does not play', lambda: viewer.find('frame', '^Hall one$'))
    viewer.press('F9')
    viewer.wait('the list stays', lambda: not viewer.find('list item', '^Hall'))
    viewer.resize(360, 640)
    viewer.wait('the controls are not there', lambda: viewer.find('button', '^Stop$'))
    viewer.check_names('narrow')
    viewer.check_widths('narrow', 360)
    viewer.photograph('narrow')
    viewer.press('F9')
    viewer.wait('the list does not come', lambda: viewer.find('list item', '^Hall two'))
    viewer.check_widths('narrow list', 360)
    viewer.photograph('narrow-list')


def right_to_left(viewer):
    """In Hebrew the window is turned round, whether or not GTK is translated, and an address is not."""
    def left(name):
        return Atspi.Component.get_extents(viewer.find('button', name), Atspi.CoordType.WINDOW).x

    viewer.wait('it does not speak Hebrew', lambda: viewer.find('button', '^ערוצים$'))
    viewer.check_names('Hebrew')
    if left('^התפריט הראשי$') > left('^ערוצים$'):
        viewer.fail('the main menu is on the right')
    viewer.photograph('hebrew')
    viewer.type(SIXTH)
    viewer.press('Return')
    viewer.wait('its sentence does not come', lambda: viewer.find('label', '\u2068' + re.escape(SIXTH) + '\u2069'))
    viewer.photograph('hebrew-address')


def use(stories, **environment):
    viewer = Viewer(player, screenshots, 'tree', **environment)
    try:
        for story in stories:
            story(viewer)
    finally:
        viewer.leave()


use([start_page, channels, layouts, doctor, captions, narrow])
use([right_to_left], LC_ALL='he_IL.UTF-8', LANGUAGE='')
