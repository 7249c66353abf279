// Reads TopoJSON: arcs that neighbours share, as rings of [lat, lon].
(() => {
  'use strict';
  const decode = topo => {
    const [sx, sy] = topo.transform.scale, [tx, ty] = topo.transform.translate;
    const arcs = topo.arcs.map(arc => {
      let x = 0, y = 0;
      return arc.map(([dx, dy]) => { x += dx; y += dy; return [y * sy + ty, x * sx + tx]; });
    });
    const ring = list => list.flatMap((i, k) => {
      const arc = i < 0 ? arcs[~i].slice().reverse() : arcs[i];
      return k ? arc.slice(1) : arc;
    });
    return topo.objects.countries.geometries.map(shape => ({
      name: shape.properties && shape.properties.name,
      polygons: (shape.type === 'Polygon' ? [shape.arcs] : shape.type === 'MultiPolygon' ? shape.arcs : []).map(p => p.map(ring)),
    }));
  };
  window.gatehouseTopo = decode;
})();
