// @ts-check
// Every text of the picture with its place, for canvas and SVG alike: names of groups, labels of nodes, names of lines.
import { boxAround, findForms, placeLabels } from "./labels.js";
import { say } from "./settings.js";
import { curvePoint, textWidth } from "./shapes.js";

/**
 * @typedef {import("./view.js").View} View
 * @typedef {import("./view.js").Focus} Focus
 * @typedef {import("./labels.js").Room} Room
 * @typedef {{text: string, x: number, y: number, size: number, weight: number, ink: string}} Caption its middle in network
 *   units, its size in screen pixels
 */

const MOST_NAMES = 24; // of groups; the rest are named by their nodes
const MOST_LINE_NAMES = 60; // more lines at one node nobody reads there
const NAME_PLACES = [0.5, 0.38, 0.62, 0.26, 0.74]; // along a line, the best first

/**
 * What can be read, given what there is room for: no text covers another.
 * @param {View} view
 * @returns {Caption[]}
 */
export function placeCaptions(view) {
  const scale = view.network.getScale();
  const room = view.room();
  const candidates = view.labelCandidates();
  const forms = findForms(candidates, scale);
  const groups = view.focus ? [] : nameGroups(view, scale, room, forms);
  const labels = placeLabels(candidates, scale, room, forms).map(({ text, x, y, size, strong }) => ({ text, x, y, size, weight: strong ? 700 : size > 13 ? 600 : 400, ink: view.palette.text }));
  const lines = view.focus && view.focus.edges.size <= MOST_LINE_NAMES ? nameLines(view, view.focus, scale, room) : [];
  return [...groups, ...lines, ...labels];
}

/**
 * The names of groups, above or below them, by what is most important in each.
 * @param {View} view
 * @param {number} scale
 * @param {Room} room
 * @param {Room} forms the nodes
 * @returns {Caption[]}
 */
function nameGroups(view, scale, room, forms) {
  const size = 13;
  const { inks } = view.palette;
  const groups = [...view.groups].filter(([, one]) => one.size >= 4).sort((a, b) => b[1].size - a[1].size);
  const short = view.container.clientWidth < 600 || groups.length > MOST_NAMES;
  return groups.slice(0, MOST_NAMES).flatMap(([group, { x, top, bottom, width: tint }]) => {
    const names = (short ? [2] : [3, 2]).map((terms) => view.groupName(group, terms)); // one term is but the name of its node
    const sides = [top - tint / 2 - 4 / scale, bottom + tint / 2 + 6 / scale];
    const places = sides.flatMap((y) => names.map((text) => ({ text, y, box: boxAround(x * scale, y * scale, textWidth(text, size) + 12, 20) }))).filter(({ box }) => room.isFree(box));
    const place = places.find(({ box }) => forms.isFree(box)) || (short ? null : places[0]);
    if (!place) return [];
    room.keep(place.box);
    return [{ text: place.text, x, y: place.y, size, weight: 600, ink: inks[group % inks.length] }];
  });
}

/**
 * The names of lines that have room beside nodes and labels, somewhere along the line.
 * @param {View} view
 * @param {Focus} focus
 * @param {number} scale
 * @param {Room} room
 * @returns {Caption[]}
 */
function nameLines(view, focus, scale, room) {
  const size = 11;
  const { opposed, muted } = view.palette;
  return [...focus.edges].flatMap((edge) => {
    const { from, to, via } = view.geometry(edge);
    const text = say(`relation.${edge.kind}`);
    const width = textWidth(text, size) + 8;
    const place = NAME_PLACES.map((share) => curvePoint(from, via, to, share)).find((at) => room.take(boxAround(at.x * scale, at.y * scale, width, 16)));
    return place ? [{ text, ...place, size, weight: 400, ink: view.lines[edge.number].opposed ? opposed : muted }] : [];
  });
}
