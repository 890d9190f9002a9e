"""Writes what bench/run measured into docs/performance.md, with charts as SVG: wall against hosts, and against the round trip."""
import math, os, re
from html import escape

COLOURS = {'belay': '#0b6e4f', 'floor': '#6c757d', 'mitogen': '#c77d00', 'ansible': '#b02a37'}
WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 120, 40, 48


def position(value, low, high, begin, end, log):
    """Where a value is on an axis."""
    if log:
        value, low, high = math.log10(value), math.log10(low), math.log10(high)
    return begin + (end - begin) * ((value - low) / (high - low) if high > low else 0.5)


def seconds(low, high):
    """Marks of 1, 2 and 5 and their tens around all values."""
    marks = [step * 10.0 ** power for power in range(-3, 6) for step in (1, 2, 5)]
    first = max(i for i, mark in enumerate(marks) if mark <= low)
    last = min(i for i, mark in enumerate(marks) if mark >= high)
    return marks[first:last + 1]


def chart(title, axis, series):
    """Lines of tools: {tool: [(x, wall s)]}. Walls are on a logarithmic axis, for they differ by a hundred."""
    points = [point for line in series.values() for point in line]
    across = sorted({x for x, _ in points})
    marks = seconds(min(y for _, y in points), max(y for _, y in points))
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def x(value):
        return position(value, across[0], across[-1], LEFT, right, False)

    def y(value):
        return position(value, marks[0], marks[-1], bottom, TOP, True)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           f'<title>{escape(title)}</title>', f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
           f'<text x="{LEFT}" y="22" font-size="14">{escape(title)}</text>']
    for mark in marks:
        out.append(f'<line x1="{LEFT}" x2="{right}" y1="{y(mark):.1f}" y2="{y(mark):.1f}" stroke="#ddd"/>'
                   f'<text x="{LEFT - 8}" y="{y(mark) + 4:.1f}" text-anchor="end">{mark:g} s</text>')
    for value in across:
        out.append(f'<text x="{x(value):.1f}" y="{bottom + 18}" text-anchor="middle">{value:g}</text>')
    out.append(f'<text x="{(LEFT + right) / 2:.0f}" y="{HEIGHT - 10}" text-anchor="middle">{escape(axis)}</text>')
    lowest = -math.inf
    for tool, line in sorted(series.items(), key=lambda item: item[1][-1][1], reverse=True):
        colour, line = COLOURS.get(tool, '#000'), sorted(line)
        way = ' '.join(f'{x(a):.1f},{y(b):.1f}' for a, b in line)
        out.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        out += [f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="3" fill="{colour}"/>' for a, b in line]
        # Names do not stand on each other.
        lowest = max(lowest + 14, y(line[-1][1]) + 4)
        out.append(f'<text x="{right + 8}" y="{lowest:.1f}" fill="{colour}">{escape(tool)} {line[-1][1]:.3g} s</text>')
    return '\n'.join(out + ['</svg>', ''])


def lines(table, phase, key, **fixed):
    series = {}
    for row in table:
        if row['phase'] == phase and not row['wrong'] and all(row[name] == value for name, value in fixed.items()):
            series.setdefault(row['tool'], []).append((row[key], row['wall_s']))
    return series


def write(document, docs, text):
    """The page keeps all that stands around the marks."""
    table = document['medians']
    most, longest = max(row['hosts'] for row in table), max(row['rtt_ms'] for row in table)
    os.makedirs(f'{docs}/performance', exist_ok=True)
    for name, title, axis, series in (
            ('wall-by-hosts', f'Converged run, round trip of {longest:g} ms', 'hosts', lines(table, 'converged', 'hosts', rtt_ms=longest)),
            ('wall-by-rtt', f'Converged run, {most} hosts', 'round trip, ms', lines(table, 'converged', 'rtt_ms', hosts=most))):
        if series:
            with open(f'{docs}/performance/{name}.svg', 'w') as file:
                file.write(chart(title, axis, series))
    with open(f'{docs}/performance.md') as file:
        page = file.read()
    made = results(document, text)
    page, count = re.subn(r'(?s)<!-- results -->\n.*?<!-- end -->', lambda found: f'<!-- results -->\n{made}<!-- end -->', page)
    if count != 1:
        raise SystemExit('docs/performance.md has no place for results: <!-- results --> … <!-- end -->')
    with open(f'{docs}/performance.md', 'w') as file:
        file.write(page)


def results(document, text):
    machine, versions = document['machine'], document['versions']
    head, *body = text
    rows = ['| ' + ' | '.join(head) + ' |', '|' + ' --- |' * len(head)] + ['| ' + ' | '.join(line) + ' |' for line in body]
    told = (f"Measured {document['when'][:10]} at {versions['commit']}, on {machine['cores']} cores of {machine['cpu']}, {machine['memory_mb']} MB, Linux"
            f" {machine['kernel']}. The load was {machine['load'][0]} before and {document['after']['load'][0]} after; busiest before: "
            + ', '.join(machine['busiest'][:3]) + '. '
            + '; '.join(f'{tool}: {version}' for tool, version in versions.items() if tool != 'commit') + '.')
    return '\n'.join(['', told, '', '![wall against hosts](performance/wall-by-hosts.svg)', '',
                      '![wall against the round trip](performance/wall-by-rtt.svg)', '', *rows, '', ''])
