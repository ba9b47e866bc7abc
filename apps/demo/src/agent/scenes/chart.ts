import { type Scene, unexpected } from './scene.ts';

/** Uses the first CSV file in the workspace, so that users can chart their own file. */
const ANALYSIS = `# filename: analyse.py
import csv
from pathlib import Path

SAMPLE = """month,region,revenue
Jan,North,1240
Jan,South,980
Feb,North,1310
Feb,South,1125
Mar,North,1190
Mar,South,1460
Apr,North,1520
Apr,South,1395
May,North,1610
May,South,1710
Jun,North,1485
Jun,South,1890
"""

path = next(iter(sorted(Path(".").glob("*.csv"))), None)
if path is None:
    path = Path("sales.csv")
    path.write_text(SAMPLE, encoding="utf-8")
    print("There was no CSV file, so I wrote one with made-up sales.")

with path.open(newline="", encoding="utf-8-sig") as file:
    rows = list(csv.DictReader(file))


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


columns = list(rows[0])
value_column = next(name for name in reversed(columns) if all(number(row[name]) is not None for row in rows))
label_column = columns[0]
totals = {}
for row in rows:
    totals[row[label_column]] = totals.get(row[label_column], 0) + number(row[value_column])

print(f"{path}: {len(rows)} rows, columns {', '.join(columns)}\\n")
print(f"{label_column:<12} {value_column:>12}")
for label, total in totals.items():
    print(f"{label:<12} {total:>12,.0f}")
best = max(totals, key=totals.get)
print(f"\\nMost {value_column}: {best} with {totals[best]:,.0f}, of {sum(totals.values()):,.0f} in total.")
`;

/** Uses only the standard library, because neither the embedded Python nor a slim image has a chart library. */
const CHART = `# filename: chart.py
import csv
from html import escape
from pathlib import Path

path = sorted(Path(".").glob("*.csv"))[0]
with path.open(newline="", encoding="utf-8-sig") as file:
    rows = list(csv.DictReader(file))


def is_number(text):
    try:
        float(text)
        return True
    except (TypeError, ValueError):
        return False


columns = list(rows[0])
value_column = next(name for name in reversed(columns) if all(is_number(row[name]) for row in rows))
totals = {}
for row in rows:
    totals[row[columns[0]]] = totals.get(row[columns[0]], 0) + float(row[value_column])
totals = dict(list(totals.items())[:24])

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 360, 70, 40, 50
top_value = max(max(totals.values()), 1)
step = (WIDTH - LEFT - 20) / len(totals)
plot = HEIGHT - TOP - BOTTOM
parts = [
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, sans-serif" font-size="13">',
    f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    f'<text x="{LEFT}" y="28" font-size="17" font-weight="600" fill="#1f2937">{escape(value_column)} by {escape(columns[0])}</text>',
]
for tick in range(5):
    value = top_value * tick / 4
    y = HEIGHT - BOTTOM - plot * tick / 4
    parts.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="#e5e7eb"/>')
    parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#6b7280">{value:,.0f}</text>')
for index, (label, total) in enumerate(totals.items()):
    height = plot * max(total, 0) / top_value
    x = LEFT + step * index + step * 0.15
    y = HEIGHT - BOTTOM - height
    fill = "#0f766e" if total == top_value else "#5eead4"
    parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.7:.1f}" height="{height:.1f}" rx="4" fill="{fill}"/>')
    parts.append(f'<text x="{x + step * 0.35:.1f}" y="{HEIGHT - 16}" text-anchor="middle" fill="#374151">{escape(label[:10])}</text>')
parts.append("</svg>")
Path("chart.svg").write_text("\\n".join(parts), encoding="utf-8")
print(f"chart.svg shows {len(totals)} bars.")
`;

/** A scene with two calls that share a file: the first call reads the data, and the second call draws it. */
export const chartScene: Scene = {
  id: 'chart',
  title: 'Chart a CSV file',
  prompt: 'Analyze the CSV file and draw a chart. If there is no CSV file, make up some sales.',
  script: ({ reports: [analysis, chart] }) => {
    if (!analysis) return { text: 'First, I check what is in the file.', code: { language: 'python', code: ANALYSIS } };
    const [, most] = /^(Most .+)$/m.exec(analysis.output) ?? [];
    if (!analysis.isOk || most === undefined) return unexpected(analysis);
    if (!chart) {
      return { text: `${most} Now I draw the chart as SVG, which needs no library.`, code: { language: 'python', code: CHART } };
    }
    const [, bars] = /shows (\d+) bars/.exec(chart.output) ?? [];
    if (!chart.isOk || bars === undefined) return unexpected(chart);
    return {
      text: `The chart has **${bars} bars**, with the tallest bar in a darker color. ${most} You can download the file \`chart.svg\`.`,
    };
  },
};
