// Reads TopoJSON: arcs that neighbours share, as rings of [lat, lon].
(() => {
  'use strict';
  // A ring that crosses the date line goes on beyond it, in place of jumping to
  // the other side of the world; one around the pole is closed along the edge.
  const whole = ring => {
    let off = 0;
    const out = ring.map(([lat, lon], i) => {
      if (i) { const step = lon - ring[i - 1][1]; off += step > 180 ? -360 : step < -180 ? 360 : 0; }
      return [lat, lon + off];
    });
    if (off) out.push([-85, out[out.length - 1][1]], [-85, out[0][1]]);
    return out;
  };
  // What goes beyond the date line is drawn on both sides of the world.
  const twice = p => {
    const lons = p[0].map(q => q[1]), by = Math.max(...lons) > 180.01 ? -360 : Math.min(...lons) < -180.01 ? 360 : 0;
    return by ? [p, p.map(r => r.map(([lat, lon]) => [lat, lon + by]))] : [p];
  };
  const decode = topo => {
    const [sx, sy] = topo.transform.scale, [tx, ty] = topo.transform.translate;
    const arcs = topo.arcs.map(arc => {
      let x = 0, y = 0;
      return arc.map(([dx, dy]) => { x += dx; y += dy; return [y * sy + ty, x * sx + tx]; });
    });
    const ring = list => whole(list.flatMap((i, k) => {
      const arc = i < 0 ? arcs[~i].slice().reverse() : arcs[i];
      return k ? arc.slice(1) : arc;
    }));
    return topo.objects.countries.geometries.map(shape => ({
      name: shape.properties && shape.properties.name,
      polygons: (shape.type === 'Polygon' ? [shape.arcs] : shape.type === 'MultiPolygon' ? shape.arcs : []).map(p => p.map(ring)).flatMap(twice),
    }));
  };
  window.gatehouseTopo = decode;
})();
